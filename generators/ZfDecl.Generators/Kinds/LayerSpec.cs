using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Kinds;

/// <summary>A layer as written: its kind, its name, and the entries beside them, not read yet.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Entries">The entries beside them.</param>
/// <param name="Round">The round of the repetition it belongs to; empty where it is written once.</param>
internal sealed record LayerSpec(LayerKind Kind, ScalarNode Name, IReadOnlyList<Entry> Entries, string Round = "")
{
    /// <summary>Whose settings these are, in the words of a message.</summary>
    public string Owner => $"layer '{Name.Text}'{(Round.Length > 0 ? $" ({Round})" : "")}";
}
