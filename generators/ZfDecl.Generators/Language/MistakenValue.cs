using System.Text.RegularExpressions;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Language;

/// <summary>What is said of a value that its key does not allow: where it is wrong, and what was probably meant.</summary>
internal static class MistakenValue
{
    private static readonly Regex WithComma = new(@"^[-+]?\d+(,\d+)+$", RegexOptions.Compiled);

    /// <summary>Of a list or a mapping of many: each part that is wrong on its own; of anything else: the whole.</summary>
    public static IEnumerable<(SourceSpan Place, string What)> Of(Node value, Key key)
    {
        var parts = key.HoldsSeveral ? Parts(value).Where(part => !key.TryRead(part.Alone, out _)).ToList() : [];
        return parts.Count == 0
            ? [(value.Span, $"is {value.Description}; allowed is {key.Allowed}{Meant(value, key)}")]
            : parts.Select(part => (part.Node.Span, $"{part.Says} {part.Node.Description}; allowed is {key.Allowed}{Meant(part.Node, key)}"));
    }

    private static IEnumerable<(Node Node, Node Alone, string Says)> Parts(Node value) => value switch
    {
        ListNode list => list.Items.Select(item => (item, (Node)new ListNode(item.Span, [item]), "names")),
        MapNode map => map.Entries.Select(entry => (entry.Value, (Node)new MapNode(map.Span, [entry]), $"has for '{entry.Key.Text}'")),
        _ => [],
    };

    private static string Meant(Node value, Key key)
    {
        if (value is not ScalarNode scalar)
            return "";
        if (!scalar.IsPlain && IsRead(scalar.Text))
            return "; leave the quotes out";
        if (OddSpaces.FirstOf(scalar.Text) is { } odd)
            return $"; it holds {OddSpaces.Describe(odd)}: take it out";
        if (WithComma.IsMatch(scalar.Text))
        {
            if (scalar.Text.Replace(',', '.') is var point && IsRead(point))
                return $"; a decimal point is a point: write {point}";
            if (scalar.Text.Replace(",", "") is var whole && IsRead(whole))
                return $"; digits have no comma between: write {whole}";
        }
        return Nearest.To(scalar.Text, key.Words) is { } near ? $"; did you mean '{near}'?" : "";

        bool IsRead(string text) => key.TryRead(new ScalarNode(scalar.Span, text), out _);
    }
}
