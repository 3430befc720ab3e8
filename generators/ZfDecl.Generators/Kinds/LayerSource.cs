using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

/// <summary>What goes into a layer: the image, or what an earlier layer yields.</summary>
/// <param name="Index">Index of the layer; −1 for the image.</param>
/// <param name="Layer">The layer; null for the image.</param>
/// <param name="Shape">What comes out of it.</param>
/// <param name="HasOneReader">Whether nobody else reads it.</param>
internal sealed record LayerSource(int Index, ResolvedLayer? Layer, Shape Shape, bool HasOneReader)
{
    public string Name => Layer?.Name ?? LayerKeys.Image;

    /// <summary>The receptive field of its units.</summary>
    public Field Field => Layer?.Header.Field ?? Field.Pixel;

    /// <summary>What a recording, in the variable <c>recording</c>, keeps of it.</summary>
    public string Recorded => $"recording.{Layer?.Property ?? "Images"}";
}
