using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Declared;

/// <summary>A layer as it will be declared, with its weights.</summary>
/// <param name="kind">Its kind in a spec.</param>
/// <param name="name">What it was called before; null where it had no name of its own.</param>
/// <param name="inputs">What goes in; null for the image.</param>
/// <param name="output">What it yields.</param>
internal sealed class DraftLayer(string kind, string? name, IEnumerable<DraftLayer?> inputs, DraftShape output)
{
    public string Kind => kind;

    /// <summary>What it was called before; null where it had no name of its own.</summary>
    public string? Given { get; set; } = name;

    /// <summary>Its name in the spec.</summary>
    public string Name { get; set; } = "";

    public List<DraftLayer?> Inputs { get; } = [.. inputs];

    public DraftShape Output => output;

    /// <summary>What is written beside its name: numbers, lists of them, words and flags, in order.</summary>
    public Dictionary<string, object> Keys { get; } = [];

    /// <summary>Its weights, by the last part of their name: <c>weight</c>.</summary>
    public Dictionary<string, TensorSource> Weights { get; } = [];

    /// <summary>The only layer that goes in; null where there are several, or it is the image.</summary>
    public DraftLayer? Below => Inputs is [{ } one] ? one : null;

    /// <summary>A number that is written; the default where none is.</summary>
    public double Number(string key, double otherwise) => Keys.TryGetValue(key, out var value) ? Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) : otherwise;

    public override string ToString() => $"{kind} {Given}";
}
