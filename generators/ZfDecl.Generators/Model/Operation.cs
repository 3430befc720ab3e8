using ZfDecl.Generators.Language;

namespace ZfDecl.Generators.Model;

/// <summary>
/// What a layer computes of an image in evaluation, as numbers and without C#: what a network is written down from for other programs. A kind decides it once; two layers of equal operations,
/// inputs and weights yield the same.
/// </summary>
internal abstract record Operation
{
    /// <summary>Filters slid over the maps; weights <c>weight</c> [maps, input maps / groups, height, width] and, with a bias, <c>bias</c> [maps].</summary>
    internal sealed record Convolution(Window Window, int Groups, bool Bias) : Operation;

    /// <summary>The maximum of each window. What is added at the border never is.</summary>
    internal sealed record MaxPooling(Window Window) : Operation;

    /// <summary>The mean of each window over what counts: the map, and the padding where <paramref name="PaddingCounts"/>; what sticks out beyond that never does.</summary>
    internal sealed record AveragePooling(Window Window, bool PaddingCounts) : Operation;

    /// <summary>x / (k + alpha / size · Σ x²)^beta over the maps c − size/2 … c + (size − 1)/2.</summary>
    internal sealed record AcrossMaps(int Size, double Alpha, double Beta, double K) : Operation;

    /// <summary>The same over a square around each position, alpha divided by its area.</summary>
    internal sealed record WithinMaps(int Size, double Alpha, double Beta, double K) : Operation;

    /// <summary>v = x − Σ w·x, y = v / max(c, σ), as <c>contrast</c> documents it.</summary>
    internal sealed record ContrastNormalisation(int Size) : Operation;

    /// <summary>(x − running_mean) / √(running_var + ε) · weight + bias, each [maps]; the momentum is the training's.</summary>
    internal sealed record BatchNormalisation(double Epsilon, double Momentum) : Operation;

    /// <summary>x · weight + bias, each [maps].</summary>
    internal sealed record Affine(bool Trained) : Operation;

    /// <summary>max(x, slope · x), at most the ceiling.</summary>
    internal sealed record Relu(double Slope, double? Ceiling) : Operation;

    /// <summary>x above 0, x · weight below; <c>weight</c> [maps].</summary>
    internal sealed record Prelu : Operation;

    /// <summary>x above 0, alpha · (e^x − 1) below.</summary>
    internal sealed record Elu(double Alpha) : Operation;

    /// <summary>A function of each value that has no numbers of its own.</summary>
    internal sealed record Pointwise(PointwiseFunction Function) : Operation;

    /// <summary>Nothing, outside of a training.</summary>
    internal sealed record Dropout(double Rate) : Operation;

    /// <summary>x · weightᵀ + bias; <c>weight</c> [units, input units] and, with a bias, <c>bias</c> [units].</summary>
    internal sealed record Dense(bool Bias) : Operation;

    /// <summary>Maps, rows and columns behind each other.</summary>
    internal sealed record Flatten : Operation;

    /// <summary>Zeros around each map.</summary>
    internal sealed record Pad(Sides Sides) : Operation;

    /// <summary>The first maps of all groups, then the second ones.</summary>
    internal sealed record Shuffle(int Groups) : Operation;

    /// <summary>The sum of what goes in.</summary>
    internal sealed record Sum : Operation;

    /// <summary>The maps of what goes in behind each other.</summary>
    internal sealed record Concatenation : Operation;

    /// <summary>The product of what goes in; a further factor may have one value a map.</summary>
    internal sealed record Product : Operation;

    /// <summary>e^x over the sum of e^x of all units.</summary>
    internal sealed record Softmax : Operation;
}

/// <summary>A function of each value that has no numbers of its own.</summary>
internal enum PointwiseFunction
{
    Sigmoid,
    Tanh,
    Silu,
    Hardswish,
}
