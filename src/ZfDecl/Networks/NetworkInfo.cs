using System.Text.Json.Serialization;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Networks;

/// <summary>A declared network: everything its spec says, resolved. One immutable instance per generated class.</summary>
public sealed record NetworkInfo
{
    /// <summary>The name of the network and of its class, for example <c>Zf8</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence on what it is; empty where the spec has none.</summary>
    public required string Summary { get; init; }

    /// <summary>The spec's file, relative to the root of the project that declares it, with forward slashes.</summary>
    public required string SpecFile { get; init; }

    /// <summary>SHA-256 of <see cref="ResolvedSpec"/>, lowercase hex: equal hashes mean equal networks and recipes.</summary>
    public required string SpecHash { get; init; }

    /// <summary>The spec as YAML with every default written out.</summary>
    public required string ResolvedSpec { get; init; }

    /// <summary>The shape of one input image.</summary>
    public required FeatureShape Input { get; init; }

    /// <summary>The number of classes that the spec declares, 0 for none. A network that has some may be created for another number.</summary>
    public required int Classes { get; init; }

    /// <summary>The layers from the input to the softmax.</summary>
    public required IReadOnlyList<LayerInfo> Layers { get; init; }

    /// <summary>How it is trained, what is done to its images, and what is visualised.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The number of trained values, for the declared number of classes.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Multiply-adds of a forward pass of one image, for the declared number of classes.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>The layer that yields the class scores; where there are no classes, the last one.</summary>
    public LayerInfo Scores => Layers.SingleOrDefault(layer => layer.YieldsScores) ?? Layers[^1];

    /// <summary>Whether each layer takes in the one before it, and nothing else.</summary>
    [JsonIgnore]
    public bool IsChain => Layers.All(layer => layer.Inputs is [var input] && input == layer.Index - 1);

    /// <summary>The layers that take in a layer's output, in order.</summary>
    /// <param name="layer">Index of the layer; <see cref="LayerInfo.Image"/> for the image.</param>
    public IEnumerable<LayerInfo> ReadersOf(int layer) => Layers.Where(reader => reader.Inputs.Contains(layer));

    /// <summary>The shape of what a layer takes in: of its first input.</summary>
    public FeatureShape InputOf(LayerInfo layer) => ShapeOf(layer.Inputs[0]);

    /// <summary>The shape of what a layer yields; of an image at <see cref="LayerInfo.Image"/>.</summary>
    /// <param name="layer">Index of the layer.</param>
    public FeatureShape ShapeOf(int layer) => layer == LayerInfo.Image ? Input : Layers[layer].Output;

    /// <summary>The layer of that name.</summary>
    /// <exception cref="ArgumentException">There is no such layer; the message lists those there are.</exception>
    public LayerInfo Layer(string name) =>
        Layers.FirstOrDefault(layer => string.Equals(layer.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"network '{Name}' has no layer '{name}'; its layers are {string.Join(", ", Layers.Select(layer => layer.Name))}");
}
