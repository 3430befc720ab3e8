namespace ZfDecl.Measures;

/// <summary>How many images of each class were taken for each class, and what follows from it.</summary>
/// <param name="Classes">The names of the classes; at least 2.</param>
/// <param name="Counts">[class, predicted class]; at least one image in all.</param>
/// <remarks>Means are over the classes that have images, each weighing alike; a precision without a prediction counts as 0 in them.</remarks>
public sealed record ConfusionMatrix(IReadOnlyList<string> Classes, int[,] Counts)
{
    /// <summary>How many images there are.</summary>
    public int Images => Indices.Sum(ImagesOf);

    /// <summary>How many of them were predicted rightly.</summary>
    public int Right => Indices.Sum(index => Counts[index, index]);

    /// <summary>The mean recall.</summary>
    public double BalancedAccuracy => Mean(RecallOf);

    /// <summary>The mean precision.</summary>
    public double MeanPrecision => Mean(PrecisionOf);

    /// <summary>The mean F1.</summary>
    public double MeanF1 => Mean(F1Of);

    /// <summary>The class that has most images, the first of equals.</summary>
    public int MajorityClass => Indices.MaxBy(ImagesOf);

    /// <summary>The classes that have images, and that no image was taken for.</summary>
    public IEnumerable<int> NeverPredicted => Indices.Where(index => ImagesOf(index) > 0 && PredictionsOf(index) == 0);

    private IEnumerable<int> Indices => Enumerable.Range(0, Classes.Count);

    /// <summary>How many images a class has.</summary>
    public int ImagesOf(int index) => Indices.Sum(predicted => Counts[index, predicted]);

    /// <summary>How many images were taken for a class.</summary>
    public int PredictionsOf(int index) => Indices.Sum(actual => Counts[actual, index]);

    /// <summary>The share of a class's images that were taken for it, 0 … 1; null where it has none.</summary>
    public double? RecallOf(int index) => Share(Counts[index, index], ImagesOf(index));

    /// <summary>The share of the images taken for a class that are of it, 0 … 1; null where there is none.</summary>
    public double? PrecisionOf(int index) => Share(Counts[index, index], PredictionsOf(index));

    /// <summary>The harmonic mean of precision and recall, 2 · right / (images + predictions), 0 … 1; null where a class has neither.</summary>
    public double? F1Of(int index) => Share(2 * Counts[index, index], ImagesOf(index) + PredictionsOf(index));

    private double Mean(Func<int, double?> measure) => Indices.Where(index => ImagesOf(index) > 0).Average(index => measure(index) ?? 0);

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
