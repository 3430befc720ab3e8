using System.Globalization;
using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Reading;

/// <summary>
/// Writes out stretches of layers that are repeated with parameters: <c>- repeat: { i: 1..3, width: [64, 128, 256] }</c> and, below it, <c>layers:</c>, in
/// whose names and values <c>{i}</c>, <c>{i-1}</c> and <c>{width}</c> stand for the values of each round.
/// </summary>
internal sealed class Repetition
{
    public const string Word = "repeat", LayersWord = "layers";

    private const string Example = "'- repeat: { i: 1..3 }' with 'layers: […]' below it";
    private const int LongestValue = 64;
    private static readonly char[] Operators = ['+', '-', '*'];

    private readonly DiagnosticBag report;
    private readonly List<WrittenLayer> written = [];
    private int rounds, characters;     // so far
    private bool isFull;

    private Repetition(DiagnosticBag report) => this.report = report;

    /// <summary>The items of a list of layers, repeated ones written out; what is wrong with a repetition is reported.</summary>
    public static IReadOnlyList<WrittenLayer> Expand(IEnumerable<Node> items, DiagnosticBag report)
    {
        var repetition = new Repetition(report);
        repetition.Expand(items, new(null, "", "", ""));
        return repetition.written;
    }

    private void Expand(IEnumerable<Node> items, Round round)
    {
        foreach (var item in items.TakeWhile(_ => !isFull))
        {
            if (item is MapNode map && map.Find(Word) is { } repeat)
                Repeat(map, repeat, round);
            else if (written.Count < YamlReader.LongestList)
                written.Add(new(round.IsOutermost ? item : Substitute(item, round), round.Description));
            else
                End(item.Span);
        }
    }

    private void Repeat(MapNode map, Entry repeat, Round outer)
    {
        foreach (var entry in map.Entries.Where(entry => entry != repeat && entry.Key.Text != LayersWord))
            report.Add(Codes.UnknownKey, entry.Key.Span, $"a repetition has no key '{entry.Key.Text}'{Nearest.Hint(entry.Key.Text, [Word, LayersWord])}");
        if (map.Find(LayersWord)?.Value is not ListNode layers)
        {
            report.Add(Codes.Missing, repeat.Key.Span, $"a repetition has 'layers', a list of what is repeated: {Example}");
            return;
        }
        if (repeat.Value is not MapNode { Entries.Count: > 0 } parameters)
        {
            report.Add(Codes.WrongValue, repeat.Value.Span, $"'repeat' is {repeat.Value.Description}; it is a mapping of parameters to their values: {Example}");
            return;
        }
        var values = parameters.Entries.Select(entry => (entry, Values: ValuesOf(entry, outer))).ToList();
        if (values.Exists(one => one.Values is null))
            return;
        if (values.Find(one => one.Values!.Count != values[0].Values!.Count) is { entry: { } other } uneven)
        {
            report.Add(Codes.Contradiction, other.Value.Span, $"'{other.Key.Text}' has {uneven.Values!.Count} values and '{values[0].entry.Key.Text}' {values[0].Values!.Count}; each round takes one of each");
            return;
        }
        for (var i = 0; i < values[0].Values!.Count && !isFull; i++)
        {
            if (++rounds > YamlReader.LongestList)
                End(repeat.Key.Span);
            Expand(layers.Items, values.Aggregate(outer, (round, one) => new Round(round, one.entry.Key.Text, one.Values![i], one == values[0] ? outer.Told(one.entry.Key.Text, one.Values[i]) : round.Description)));
        }
    }

    private void End(SourceSpan span)
    {
        isFull = true;
        report.Add(Codes.TooLarge, span, $"repetitions make more than {YamlReader.LongestList.ToString("N0", CultureInfo.InvariantCulture)} layers of this, or more text than a spec can have; no network has as many");
    }

    /// <summary>The values of a parameter: a list, or a range <c>1..6</c>, both ends included.</summary>
    private IReadOnlyList<string>? ValuesOf(Entry entry, Round outer)
    {
        var node = Substitute(entry.Value, outer);
        if (node is ListNode list && list.Items.All(item => item is ScalarNode { Text.Length: > 0 and <= LongestValue }))
            return [.. list.Items.Cast<ScalarNode>().Select(item => item.Text)];
        if (node is ScalarNode scalar && scalar.Text.IndexOf("..", StringComparison.Ordinal) is > 0 and var dots
            && Number(scalar.Text.Substring(0, dots)) is { } first && Number(scalar.Text.Substring(dots + 2)) is { } last && last - first < YamlReader.LongestList)
            return [.. Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(value => value.ToString(CultureInfo.InvariantCulture))];
        report.Add(Codes.WrongValue, entry.Value.Span, $"the parameter '{entry.Key.Text}' is {node.Description}; allowed is a range 1..6 of at most {YamlReader.LongestList} values, or a list [a, b, …]");
        return null;
    }

    private Node Substitute(Node node, Round round) => node switch
    {
        ScalarNode scalar => Substitute(scalar, round),
        ListNode list => new ListNode(list.Span, [.. list.Items.Select(item => Substitute(item, round))]),
        MapNode map => new MapNode(map.Span, [.. map.Entries.Select(entry => new Entry(Substitute(entry.Key, round), Substitute(entry.Value, round)))]),
        _ => node,
    };

    private ScalarNode Substitute(ScalarNode scalar, Round round)
    {
        var text = scalar.Text;
        if (round.IsOutermost || text.IndexOf('{') < 0)
            return scalar;
        var result = new System.Text.StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 || isFull ? -1 : text.IndexOf('}', open);
            if (close < 0)
            {
                result.Append(text, at, text.Length - at);
                break;
            }
            result.Append(text, at, open - at).Append(Evaluate(text.Substring(open + 1, close - open - 1), scalar.Span, round));
            at = close + 1;
        }
        characters += result.Length;
        if (characters > YamlReader.LargestFile && !isFull)
            End(scalar.Span);
        // A value that is nothing but a parameter is that value: in a list or mapping of one line YAML wants quotes around the braces.
        return new(scalar.Span, result.ToString(), scalar.IsPlain || (text[0] == '{' && text.IndexOf('}') == text.Length - 1));
    }

    /// <summary>The value of a parameter, or of one plus, minus or times a whole number.</summary>
    private string Evaluate(string expression, SourceSpan span, Round round)
    {
        var sign = expression.IndexOfAny(Operators);
        var name = (sign < 0 ? expression : expression.Substring(0, sign)).Trim();
        if (round.Find(name) is not { } value)
        {
            report.Add(Codes.WrongValue, span, $"'{{{expression}}}': there is no parameter '{name}'{Nearest.Hint(name, round.Names)}");
            return "";
        }
        if (sign < 0)
            return value;
        if (Number(value) is { } left && Number(expression.Substring(sign + 1).Trim()) is { } right)
            return (expression[sign] switch { '+' => (long)left + right, '-' => (long)left - right, _ => (long)left * right }).ToString(CultureInfo.InvariantCulture);
        report.Add(Codes.WrongValue, span, $"'{{{expression}}}' with {name} = {value} is no number; allowed is a parameter, or one plus, minus or times a whole number, such as {{i-1}}");
        return "";
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The parameters of one round, inside of those of an outer one.</summary>
    private sealed record Round(Round? Outer, string Name, string Value, string Description)
    {
        public bool IsOutermost => Outer is null;

        /// <summary>The description of a round inside of this one: the first parameter tells it apart from others.</summary>
        public string Told(string name, string value) => Description.Length == 0 ? $"{name} = {value}" : $"{Description}, {name} = {value}";

        public IEnumerable<string> Names => Outer is null ? [] : Outer.Names.Append(Name);

        public string? Find(string name) => Outer is null ? null : Name == name ? Value : Outer.Find(name);
    }
}

/// <summary>A layer as it is written out.</summary>
/// <param name="Item">Its node, with the span of what is repeated.</param>
/// <param name="Round">The round of the repetition it belongs to: <c>i = 3</c>; empty where it is written once.</param>
internal readonly record struct WrittenLayer(Node Item, string Round);
