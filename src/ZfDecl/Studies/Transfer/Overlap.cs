using System.Text.Json.Serialization;

namespace ZfDecl.Studies.Transfer;

/// <summary>An image that was also among those a network was pretrained on.</summary>
/// <param name="Image">Its index.</param>
/// <param name="Name">What a person would call it.</param>
/// <param name="Known">The name of the image of the pre-training set that it is most like.</param>
/// <param name="Correlation">Their normalised correlation; at most 1.</param>
internal sealed record Overlap(int Image, string Name, string Known, double Correlation)
{
    /// <summary>The index of that image.</summary>
    [JsonIgnore]
    public int KnownImage { get; init; }

    /// <summary>Whether it is like that image turned left to right.</summary>
    [JsonIgnore]
    public bool IsMirrored { get; init; }
}
