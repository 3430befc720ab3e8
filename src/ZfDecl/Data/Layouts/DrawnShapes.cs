using ZfDecl.Data.Sets;

namespace ZfDecl.Data.Layouts;

/// <summary>The built-in data set <c>shapes</c>: no folder, but images that are drawn.</summary>
internal sealed class DrawnShapes : DataLayout
{
    /// <inheritdoc/>
    public override bool Recognises(string path) => path == ShapesImageSet.Name;

    /// <inheritdoc/>
    public override ImageData Open(string path, DataRequest request) => ShapesImageSet.Open(request.Decoded);
}
