namespace ZfDecl.Analyses.Invariance;

/// <summary>How a network's view of one image changes as the image is transformed.</summary>
/// <param name="Image">The index of the image.</param>
/// <param name="Transformation">What is done to it.</param>
/// <param name="Points">By how much, rising.</param>
public sealed record InvarianceCurve(int Image, ImageTransformation Transformation, IReadOnlyList<InvariancePoint> Points);

/// <summary>A network's view of a transformed image, beside its view of the image itself.</summary>
/// <param name="Amount">Pixels down, a factor, or degrees clockwise.</param>
/// <param name="First">At the first feature layer.</param>
/// <param name="Last">At the last feature layer.</param>
/// <param name="Probability">The probability of the image's own class, 0 … 1.</param>
public sealed record InvariancePoint(double Amount, FeatureDistance First, FeatureDistance Last, double Probability);

/// <summary>How far two feature vectors lie apart.</summary>
/// <param name="Euclidean">‖f(x̃) − f(x)‖, over all values of the layer.</param>
/// <param name="Relative">The same, divided by ‖f(x)‖; NaN where that is 0.</param>
public readonly record struct FeatureDistance(double Euclidean, double Relative);
