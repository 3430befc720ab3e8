using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Language;

/// <summary>Padding: <c>1</c>, <c>[1, 2]</c>, <c>[top, left, bottom, right]</c>, <c>same</c> or <c>same-lower</c>.</summary>
/// <param name="byRule">Whether a rule may stand for the numbers.</param>
internal sealed class PaddingType(bool byRule) : ValueType<Padding>
{
    private static readonly (string Word, SamePadding Rule)[] Rules = [("same", SamePadding.Upper), ("same-lower", SamePadding.Lower)];

    private readonly IntegerType number = new(0, 4096);
    private readonly PairType pair = new(0);

    public override string Allowed => $"{number.Allowed}, or two of them [vertical, horizontal], or four [top, left, bottom, right]{(byRule ? ", or 'same' or 'same-lower'" : "")}";

    public override IReadOnlyList<string> Words { get; } = byRule ? [.. Rules.Select(rule => rule.Word)] : [];

    public override JsonObject Schema
    {
        get
        {
            var four = new JsonObject { { "type", "array" }, { "items", number.Schema }, { "minItems", 4 }, { "maxItems", 4 } };
            return new() { { "anyOf", byRule ? new[] { pair.Schema, four, new() { { "enum", Words } } } : [pair.Schema, four] } };
        }
    }

    public override bool TryRead(Node node, out Padding value)
    {
        value = default;
        if (byRule && node is ScalarNode word && Array.Find(Rules, rule => rule.Word == word.Text) is { Word: not null } found)
        {
            value = new(default, found.Rule);
            return true;
        }
        if (node is ListNode { Items: [var top, var left, var bottom, var right] })
        {
            if (!number.TryRead(top, out var t) || !number.TryRead(left, out var l) || !number.TryRead(bottom, out var b) || !number.TryRead(right, out var r))
                return false;
            value = new(new(t, l, b, r));
            return true;
        }
        if (!pair.TryRead(node, out var both))
            return false;
        value = new(Sides.Of(both));
        return true;
    }

    public override string Print(Padding value) => value.Rule == SamePadding.None ? value.Written.ToString() : Array.Find(Rules, rule => rule.Rule == value.Rule).Word;

    public override object Json(Padding value) => pair.Json(value.Written.Start);
}
