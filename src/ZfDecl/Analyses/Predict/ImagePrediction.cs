namespace ZfDecl.Analyses.Predict;

/// <summary>What a network makes of one image.</summary>
/// <param name="Name">What the image is called.</param>
/// <param name="Class">Its own class; empty where nobody knows it.</param>
/// <param name="Strongest">The five strongest outputs, or all where there are fewer, the strongest first; of equal ones the lower index first.</param>
public sealed record ImagePrediction(string Name, string Class, IReadOnlyList<StrongestOutput> Strongest)
{
    /// <summary>How many outputs are kept of an image.</summary>
    public const int Top = 5;
}
