using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Model;

/// <summary>A statement of the forward pass: a layer, or several that run as one.</summary>
/// <param name="First">The position, among all layers, of the first one that it runs.</param>
/// <param name="Layers">The layers that it runs, in order: rectification, max pooling and, where there is one, normalisation across maps; or a single one.</param>
internal readonly record struct ForwardStep(int First, EquatableArray<ResolvedLayer> Layers)
{
    public ResolvedLayer Last => Layers[Layers.Count - 1];

    /// <summary>Whether it runs more than one layer.</summary>
    public bool IsFused => Layers.Count > 1;

    /// <summary>The expression.</summary>
    /// <param name="x">The variable that goes in; of several, all of them with commas between.</param>
    /// <param name="owner">See <see cref="ResolvedLayer.Forward"/>.</param>
    public string Call(string x, string owner = "") => IsFused ? $"ReluPoolNorm.Apply({Arguments(x)})" : Last.Forward(x, owner)!;

    /// <summary>The expression, in evaluation mode, of a step of several layers that also calls the hooks on the way.</summary>
    public string Hooked(string x) => $"ReluPoolNorm.Evaluate({Arguments(x)}, rows: out rows)";

    private string Arguments(string x) => $"{x}, {Layers[1].PoolArguments}{(Layers.Count > 2 ? $", norm: new({Layers[2].ResponseArguments})" : "")}";
}
