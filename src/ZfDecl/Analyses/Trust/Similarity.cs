namespace ZfDecl.Analyses.Trust;

/// <summary>How alike two pictures are; each 1 of equal ones.</summary>
/// <param name="Rank">Spearman's rank correlation of the pixels.</param>
/// <param name="Structure">The structural similarity; NaN of pictures too small for it.</param>
/// <param name="Edges">The correlation of histograms of oriented gradients; NaN likewise.</param>
public readonly record struct Similarity(double Rank, double Structure, double Edges)
{
    /// <summary>Compares two pictures of one size, each on its own scale.</summary>
    internal static Similarity Of(Plane one, Plane other)
    {
        var (a, b) = (one.Scaled(), other.Scaled());
        return new(RankCorrelation.Of(a.Values, b.Values), StructuralSimilarity.Of(a, b), OrientedGradients.Similarity(a, b));
    }

    /// <summary>The mean of some; NaN where none has a number.</summary>
    public static Similarity Mean(IReadOnlyCollection<Similarity> all) => new(Mean(all, one => one.Rank), Mean(all, one => one.Structure), Mean(all, one => one.Edges));

    private static double Mean(IReadOnlyCollection<Similarity> all, Func<Similarity, double> value) => all.Select(value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
