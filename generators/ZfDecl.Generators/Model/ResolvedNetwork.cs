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
/// <param name="Layers">Every layer, the implied ones included, each behind those that go into it.</param>
internal sealed record ResolvedNetwork(string Name, string Summary, string SpecFile, Shape Input, int Classes, EquatableArray<ResolvedLayer> Layers)
{
    /// <summary>The layers that each layer's output goes into, in order.</summary>
    public EquatableArray<EquatableArray<int>> Readers { get; } = ReadersOf(Layers);

    /// <summary>Whether each layer takes in the one above, and nothing else.</summary>
    public bool IsChain => Layers.Select((layer, index) => layer.Header.Inputs is [var input] && input == index - 1).All(follows => follows);

    /// <summary>
    /// The forward pass: rectification, max pooling and normalisation across maps run as one step where they follow each other and nobody else reads what lies
    /// between, every other layer by itself.
    /// </summary>
    public IEnumerable<ForwardStep> Steps()
    {
        for (var i = 0; i < Layers.Count; i++)
        {
            var fused = !Layers[i].IsPositivePart || Follower(i)?.PoolArguments is null ? 1 : Follower(i + 1)?.ResponseArguments is null ? 2 : 3;
            if (fused > 1 || Layers[i].Forward(string.Join(", ", Layers[i].Header.Inputs.Select(_ => "x"))) is not null)
                yield return new(i, Layers.Skip(i).Take(fused).ToEquatableArray());
            i += fused - 1;
        }
    }

    /// <summary>The position, among the layers, of the feature maps that a layer stands for: a rectifier that follows, directly or behind a batchnorm, or itself.</summary>
    public int Readout(int layer)
    {
        var next = OnlyReader(layer);
        while (next >= 0 && Layers[next].IsAffinePerChannel)
            next = OnlyReader(next);
        return next >= 0 && Layers[next].Header.Role == LayerRole.Rectifier ? next : layer;
    }

    private static EquatableArray<EquatableArray<int>> ReadersOf(EquatableArray<ResolvedLayer> layers)
    {
        var readers = layers.Select(_ => new List<int>()).ToList();
        for (var reader = 0; reader < layers.Count; reader++)
        {
            foreach (var input in layers[reader].Header.Inputs.Where(input => input >= 0).Distinct())
                readers[input].Add(reader);
        }
        return readers.Select(one => one.ToEquatableArray()).ToEquatableArray();
    }

    /// <summary>The layer that follows, where it alone reads this one.</summary>
    private ResolvedLayer? Follower(int layer) => OnlyReader(layer) == layer + 1 ? Layers[layer + 1] : null;

    /// <summary>The only layer that reads this one, as its only input; −1 where there is no such layer.</summary>
    private int OnlyReader(int layer) => Readers[layer] is [var reader] && Layers[reader].Header.Inputs.Count == 1 ? reader : -1;
}
