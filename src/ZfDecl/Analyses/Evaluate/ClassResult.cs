namespace ZfDecl.Analyses.Evaluate;

/// <summary>How the images of one class were classified.</summary>
/// <param name="Index">The class, an index into the network's classes.</param>
/// <param name="Name">Its name.</param>
/// <param name="Images">How many images it has.</param>
/// <param name="Right">How many of them were predicted rightly.</param>
/// <param name="InTop5">For how many of them it was among the five most probable classes.</param>
/// <param name="MostConfusedWith">The other class that they were taken for most often, the first of equals; null where none was.</param>
/// <param name="Confused">How often that was.</param>
public sealed record ClassResult(int Index, string Name, int Images, int Right, int InTop5, int? MostConfusedWith, int Confused)
{
    /// <summary>The share of the images taken for it that are of it, 0 … 1; null where none was.</summary>
    public double? Precision { get; init; }

    /// <summary>The harmonic mean of its precision and its recall, 0 … 1; null where it has neither images nor predictions.</summary>
    public double? F1 { get; init; }

    /// <summary>Its recall: the share of its images that were predicted rightly, 0 … 1; null where it has none.</summary>
    public double? Top1Accuracy => Images == 0 ? null : (double)Right / Images;

    /// <summary>The share of its images for which it was among the five most probable, 0 … 1; null where it has none.</summary>
    public double? Top5Accuracy => Images == 0 ? null : (double)InTop5 / Images;
}
