using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Kinds;

/// <summary>A layer as written: its kind, its name, and the entries beside them, not read yet.</summary>
internal sealed record LayerSpec(LayerKind Kind, ScalarNode Name, IReadOnlyList<Entry> Entries)
{
    /// <summary>Whose settings these are, in the words of a message.</summary>
    public string Owner => $"layer '{Name.Text}'";
}
