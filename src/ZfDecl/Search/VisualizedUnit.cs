using ZfDecl.Networks;

namespace ZfDecl.Search;

/// <summary>A unit, what it saw, and what the deconvnet says excited it.</summary>
public sealed record VisualizedUnit
{
    /// <summary>Its position among the strongest of its map, from 0.</summary>
    public required int Rank { get; init; }

    /// <summary>The unit, its activation and its image.</summary>
    public required TopUnit Unit { get; init; }

    /// <summary>The name of the image.</summary>
    public required string ImageName { get; init; }

    /// <summary>The name of the image's class.</summary>
    public required string Class { get; init; }

    /// <summary>The window of input pixels that is shown; it may reach over the border of the image.</summary>
    public required PixelRegion Region { get; init; }

    /// <summary>[C, h, w] of the region: the projection of this unit alone down to pixel space; 0 outside of the image.</summary>
    public required float[] Projection { get; init; }

    /// <summary>[C, h, w] of the region: the pixels of the image, 0 … 255; 0 outside of the image.</summary>
    public required byte[] Patch { get; init; }
}
