using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Model;

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
    /// <summary>
    /// The forward pass: rectification, max pooling and normalisation across maps run as one step where they follow each other, every other layer by
    /// itself.
    /// </summary>
    /// <param name="x">The variable that each step reads and writes.</param>
    public IEnumerable<ForwardStep> Steps(string x)
    {
        for (var i = 0; i < Layers.Count; i++)
        {
            var layer = Layers[i];
            if (layer.IsPositivePart && i + 1 < Layers.Count && Layers[i + 1].PoolArguments is { } window)
            {
                var norm = i + 2 < Layers.Count ? Layers[i + 2].ResponseArguments : null;
                var fused = Layers.Skip(i).Take(norm is null ? 2 : 3).ToEquatableArray();
                var arguments = $"{x}, {window}{(norm is null ? "" : $", norm: new({norm})")}";
                yield return new(i, fused, $"ReluPoolNorm.Apply({arguments})", $"ReluPoolNorm.Evaluate({arguments}, rows: out rows)");
                i += fused.Count - 1;
            }
            else if (layer.Forward(x) is { } call)
            {
                yield return new(i, new[] { layer }.ToEquatableArray(), call, null);
            }
        }
    }

    /// <summary>The position, among the layers, of the feature maps that a layer stands for: a rectifier that follows, directly or behind a batchnorm, or itself.</summary>
    public int Readout(int layer)
    {
        var next = layer + 1;
        while (next < Layers.Count && Layers[next].IsAffinePerChannel)
            next++;
        return next < Layers.Count && Layers[next].Header.Role == LayerRole.Rectifier ? next : layer;
    }
}

/// <summary>A statement of the forward pass.</summary>
/// <param name="First">The position, among all layers, of the first one that it runs.</param>
/// <param name="Layers">The layers that it runs, in order.</param>
/// <param name="Call">The expression.</param>
/// <param name="Hooked">The expression, in evaluation mode, that also calls the hooks on the way; null where it runs a single layer.</param>
internal readonly record struct ForwardStep(int First, EquatableArray<ResolvedLayer> Layers, string Call, string? Hooked);
