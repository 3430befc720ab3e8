namespace ZfDecl.Networks.Kernels;

/// <summary>The numbers of a <see cref="LocalResponseNormalization"/>.</summary>
/// <param name="Size">The number of maps summed over, n: for map c these are c − n/2 … c + (n − 1)/2.</param>
/// <param name="Alpha">The weight of the mean square.</param>
/// <param name="Beta">The exponent.</param>
/// <param name="K">The constant under the exponent; above 0.</param>
public readonly record struct ResponseParameters(int Size, double Alpha, double Beta, double K);
