using ZfDecl.Networks;

namespace ZfDecl.Search;

/// <summary>What is visualised, and how.</summary>
public sealed record FeatureVisualizationOptions
{
    /// <summary>The names of the layers, in the order they are yielded.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>How many of the strongest units of each feature map are shown; the paper shows 9.</summary>
    public int Top { get; init; } = 9;

    /// <summary>How many of them may be of one image.</summary>
    public PerImage PerImage { get; init; }

    /// <summary>The maps that are projected; the strongest units of all maps are found all the same.</summary>
    public MapSelection Maps { get; init; } = MapSelection.All;

    /// <summary>The rules that the deconvnet follows; the paper's unless set.</summary>
    public DeconvnetOptions Deconvnet { get; init; } = new();

    /// <summary>How many images are recorded at once; null for as many as keep their activations in about 256 MB.</summary>
    public int? Batch { get; init; }

    /// <summary>How many bytes the projections and patches that are made in one go may take; null for 2 GB, or a quarter of the memory where that is less.</summary>
    public long? PictureBytes { get; init; }
}
