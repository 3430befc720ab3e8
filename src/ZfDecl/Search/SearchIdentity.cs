namespace ZfDecl.Search;

/// <summary>What a search depends on: parts of it can be joined only where all of this is the same.</summary>
internal sealed record SearchIdentity
{
    /// <summary>SHA-256 of the resolved spec, lowercase hex.</summary>
    public required string SpecHash { get; init; }

    /// <summary>SHA-256 of the weights file, lowercase hex.</summary>
    public required string WeightsHash { get; init; }

    /// <summary>SHA-256 of the data, lowercase hex.</summary>
    public required string DataHash { get; init; }

    /// <summary>The part of the data that is searched.</summary>
    public required string Split { get; init; }

    /// <summary>Images in it.</summary>
    public required int Images { get; init; }

    /// <summary>Images recorded at once.</summary>
    public required int Batch { get; init; }

    /// <summary>Strongest units kept of each map.</summary>
    public required int Top { get; init; }

    /// <summary>How many of them may be of one image.</summary>
    public required PerImage PerImage { get; init; }

    /// <summary>The names of the layers, with commas between.</summary>
    public required string Layers { get; init; }

    /// <summary>The first thing in which another search differs, in words; null where it is the same.</summary>
    public string? DifferenceFrom(SearchIdentity other) => new (string What, object Own, object Its)[]
    {
        ("spec hash", SpecHash, other.SpecHash), ("weights hash", WeightsHash, other.WeightsHash), ("data hash", DataHash, other.DataHash), ("split", Split, other.Split),
        ("number of images", Images, other.Images), ("batch", Batch, other.Batch), ("top", Top, other.Top), ("per image", PerImage, other.PerImage), ("layers", Layers, other.Layers),
    }.Where(pair => !pair.Own.Equals(pair.Its)).Select(pair => $"its {pair.What} is {pair.Own}, wanted is {pair.Its}").FirstOrDefault();
}
