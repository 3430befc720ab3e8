namespace ZfDecl.Analyses.Correspond;

/// <summary>How consistently occluding a part changes the features of different images: a row of the paper's Table 1.</summary>
/// <param name="Part">The part; null for random regions of the parts' sizes.</param>
/// <param name="Low">At the low layer.</param>
/// <param name="High">At the high layer.</param>
/// <param name="Pairs">The pairs of images that were compared.</param>
public sealed record PartConsistency(string? Part, SignChange Low, SignChange High, int Pairs)
{
    /// <summary>The part against random regions of its size at the low layer; null for these themselves, and where none were drawn.</summary>
    public RegionPermutationTest? LowTest { get; init; }

    /// <summary>The same at the high layer.</summary>
    public RegionPermutationTest? HighTest { get; init; }
}
