namespace ZfDecl.Generators.Resolving;

/// <summary>
/// A network with everything decided that can be known before a tensor exists. It holds no positions and equals another with the same meaning,
/// so a changed comment emits nothing again.
/// </summary>
/// <param name="Name">The name of its class.</param>
/// <param name="Summary">One sentence; empty where there is none.</param>
/// <param name="SpecFile">Its file, relative to the project's root.</param>
/// <param name="Input">The shape of an image.</param>
/// <param name="Classes">The number of classes.</param>
/// <param name="Layers">Every layer, the implied ones included.</param>
internal sealed record ResolvedNetwork(string Name, string Summary, string SpecFile, Shape Input, int Classes, EquatableArray<ResolvedLayer> Layers)
{
    /// <summary>The place, among the layers, of the feature maps that a layer stands for: a relu that follows, directly or behind a batchnorm, or itself.</summary>
    public int RectifiedBy(int layer)
    {
        var next = layer + 1;
        while (next < Layers.Count && Layers[next].Rescales)
            next++;
        return next < Layers.Count && Layers[next].Rectifies ? next : layer;
    }
}
