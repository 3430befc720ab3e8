using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Yaml;

/// <summary>A node of a spec's YAML, with its position. The tree is never compared: a spec is compared by its text.</summary>
internal abstract class Node(SourceSpan span)
{
    public SourceSpan Span => span;

    /// <summary>What it is, in the words of an error message.</summary>
    public abstract string Description { get; }
}

/// <param name="span">Its position.</param>
/// <param name="text">Its text, without the quotes.</param>
/// <param name="isPlain">Whether it stands without quotes: only then can it be a number or a flag.</param>
internal sealed class ScalarNode(SourceSpan span, string text, bool isPlain = true) : Node(span)
{
    public string Text => text;

    public bool IsPlain => isPlain;

    public override string Description => text.Length == 0 ? "nothing" : text.Length > 60 ? $"'{text.Substring(0, 57)}…'" : isPlain ? $"'{text}'" : $"\"{text}\"";
}

internal sealed class ListNode(SourceSpan span, IReadOnlyList<Node> items) : Node(span)
{
    public IReadOnlyList<Node> Items => items;

    public override string Description => "a list";
}

internal sealed class MapNode(SourceSpan span, IReadOnlyList<Entry> entries) : Node(span)
{
    public IReadOnlyList<Entry> Entries => entries;

    public override string Description => "a mapping";

    public Entry? Find(string key) => entries.FirstOrDefault(entry => entry.Key.Text == key);
}

internal sealed class Entry(ScalarNode key, Node value)
{
    public ScalarNode Key => key;

    public Node Value => value;

    public bool HasValue => value is not ScalarNode { Text: "" };
}
