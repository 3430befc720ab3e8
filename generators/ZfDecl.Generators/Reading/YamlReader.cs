using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Reading;

/// <summary>
/// YAML text to nodes with positions. The language is the plain part of YAML: one document, mappings, lists and scalars; aliases are refused,
/// and so are sizes and depths that no spec has, before they cost anything.
/// </summary>
internal static class YamlReader
{
    public const int LargestFile = 256 * 1024;
    public const int DeepestNesting = 16;
    public const int LongestList = 1024;
    private const int StreamAndDocument = 2;

    /// <summary>The root of the file's one document; null where the file is empty or malformed, which is reported.</summary>
    public static Node? Read(string file, string text, DiagnosticBag report)
    {
        if (text.Length > LargestFile)
        {
            report.Add(Codes.TooLarge, default(SourceSpan) with { File = file }, $"the file has {Count(text.Length)} characters; a spec has at most {Count(LargestFile)}");
            return null;
        }
        var positions = new SourcePositions(file, text);
        if (OddSpacesBetween(text, positions) is { Count: > 0 } odd)
        {
            foreach (var offset in odd)
                report.Add(Codes.Syntax, positions.Between(offset, offset + 1), $"this is {OddSpaces.Describe(text[offset])}, which YAML takes for a letter; write a space in its place");
            text = OddSpaces.Replace(text);
        }
        try
        {
            return new Reader(text, positions, report).ReadDocument();
        }
        catch (TooLargeException e)
        {
            report.Add(Codes.TooLarge, positions.Between(e.Start, e.End), e.Message);
            return null;
        }
        catch (YamlException e)
        {
            if (TabIndentation(text) is { } tab)
                report.Add(Codes.Syntax, positions.Between(tab, tab + 1), "YAML is indented with spaces, and this line is indented with a tab; replace it by spaces");
            else if (Brackets.Faults(text) is { Count: > 0 } faults)
                foreach (var (offset, message) in faults)
                    report.Add(Codes.Syntax, positions.Between(offset, offset + 1), message);
            else
                report.Add(Codes.Syntax, positions.Between(e.Start, e.End), $"this is not well-formed YAML: {e.Message}");
            return null;
        }
    }

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>
    /// The offsets of characters that look like spaces and stand between words, where YAML needs real ones; within a text they are its own. The first of each line is enough: it is mended
    /// by the line.
    /// </summary>
    private static List<int> OddSpacesBetween(string text, SourcePositions positions)
    {
        if (OddSpaces.FirstOf(text) is null)
            return [];
        var texts = ScalarSpans(OddSpaces.Replace(text), positions);
        return [.. Enumerable.Range(0, text.Length).Where(i => OddSpaces.Is(text[i]) && (i > 0 || text[i] != '\uFEFF') && !IsComment(i) && !texts.Exists(span => span.Start <= i && i < span.End))
            .GroupBy(i => positions.Between(i, i).Line).Select(line => line.First())];

        bool IsComment(int offset)
        {
            var start = text.LastIndexOfAny(['\n', '\r'], offset) + 1;
            for (var i = text.IndexOf('#', start); i >= 0 && i < offset; i = text.IndexOf('#', i + 1))
            {
                if ((i == start || char.IsWhiteSpace(text[i - 1])) && !texts.Exists(span => span.Start <= i && i < span.End))
                    return true;
            }
            return false;
        }
    }

    /// <summary>The spans of all scalars, as far as the text is well-formed and nested no deeper than a spec: the parser takes its time with depth.</summary>
    private static List<SourceSpan> ScalarSpans(string text, SourcePositions positions)
    {
        var (spans, parser) = (new List<SourceSpan>(), new CheckedParser(new Parser(new StringReader(text))));
        var depth = 0;
        try
        {
            while (depth <= DeepestNesting + StreamAndDocument && parser.MoveNext())
            {
                depth += parser.Current?.NestingIncrease ?? 0;
                if (parser.Current is Scalar { Value.Length: > 0 } scalar)
                    spans.Add(positions.Between(scalar.Start, scalar.End));
            }
        }
        catch (YamlException)
        {
            // said by whoever reads it
        }
        return spans;
    }

    /// <summary>The offset of the first tab that a line is indented with: the parser stumbles over it later and says something else.</summary>
    private static int? TabIndentation(string text)
    {
        var isIndentation = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (isIndentation && text[i] == '\t')
                return i;
            isIndentation = text[i] is '\n' or '\r' || (isIndentation && text[i] == ' ');
        }
        return null;
    }

    /// <summary>Ends the reading where no spec can go on: what follows is not even looked at, whatever it would cost.</summary>
    private sealed class TooLargeException(ParsingEvent at, string message) : YamlException(at.Start, at.End, message);

    private sealed class Reader(string text, SourcePositions positions, DiagnosticBag report)
    {
        private readonly CheckedParser parser = new(new Parser(new StringReader(text)));

        public Node? ReadDocument()
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                report.Add(Codes.Missing, positions.Between(Mark.Empty, Mark.Empty), "the file is empty; a spec starts with 'network: <Name>'");
                return null;
            }
            parser.Consume<DocumentStart>();
            var root = ReadNode(0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
                report.Add(Codes.NotInLanguage, SpanOf(second), "a second YAML document begins here; a file holds one spec");
            return root;
        }

        private Node? ReadNode(int depth)
        {
            if (parser.Current is NodeEvent { Tag.IsEmpty: false } tagged)
                report.Add(Codes.NotInLanguage, SpanOf(tagged), $"'{tagged.Tag.Value}' is a YAML tag; specs have none: leave it out");
            switch (parser.Current)
            {
                case Scalar scalar:
                    parser.MoveNext();
                    var isPlain = scalar.Style == ScalarStyle.Plain;
                    return new ScalarNode(SpanOf(scalar), isPlain && scalar.Value is "~" or "null" or "Null" or "NULL" ? "" : scalar.Value, isPlain);
                case AnchorAlias alias:
                    report.Add(Codes.NotInLanguage, SpanOf(alias), $"'*{alias.Value}' is a YAML alias; specs have none: write the value out");
                    parser.MoveNext();
                    return null;
                case { } start when depth == DeepestNesting:
                    throw new TooLargeException(start, $"this is nested more than {DeepestNesting} deep; a spec is not");
                case SequenceStart start:
                    parser.MoveNext();
                    return ReadList(start, depth);
                case MappingStart start:
                    parser.MoveNext();
                    return ReadMap(start, depth);
                default:
                    throw new YamlException("something else than a value stands here");
            }
        }

        private ListNode ReadList(SequenceStart start, int depth)
        {
            var items = new List<Node>();
            SequenceEnd end;
            while (!parser.TryConsume(out end!))
            {
                CheckLength(items, start);
                if (ReadNode(depth + 1) is { } item)
                    items.Add(item);
            }
            return new(SpanOf(start, end), items);
        }

        private MapNode ReadMap(MappingStart start, int depth)
        {
            var (entries, first) = (new List<Entry>(), new Dictionary<string, Entry>());
            MappingEnd end;
            while (!parser.TryConsume(out end!))
            {
                CheckLength(entries, start);
                var key = ReadNode(depth + 1);
                var value = ReadNode(depth + 1);
                if (key is null || value is null)
                    continue;
                if (IsRestOfNumber(key, value, entries))
                    entries[entries.Count - 1] = first[entries[entries.Count - 1].Key.Text] = WithRest(entries[entries.Count - 1], (ScalarNode)key);
                else if (key is not ScalarNode { Text.Length: > 0 } name)
                    report.Add(Codes.NotInLanguage, key.Span, $"a key is a word; this is {key.Description}");
                else if (first.TryGetValue(name.Text, out var earlier))
                    report.Add(Codes.DuplicateKey, name.Span, $"'{name.Text}' stands here a second time, first in line {earlier.Key.Span.Line + 1}; keep one");
                else
                    entries.Add(first[name.Text] = new(name, value));
            }
            return new(SpanOf(start, end), entries);
        }

        /// <summary>Whether a key is what follows the comma in <c>0,05</c>: within braces YAML takes it for a key of its own.</summary>
        private bool IsRestOfNumber(Node key, Node value, List<Entry> entries) =>
            key is ScalarNode { IsPlain: true, Text: { Length: > 0 } digits } && digits.All(char.IsDigit) && value is ScalarNode { Text: "" }
            && entries.LastOrDefault()?.Value is ScalarNode { IsPlain: true, Text: var before } number && before.Length > 0 && char.IsDigit(before[before.Length - 1])
            && key.Span.Start == number.Span.End + 1 && text[number.Span.End] == ',';

        private static Entry WithRest(Entry entry, ScalarNode rest) => new(entry.Key, new ScalarNode(
            entry.Value.Span with { End = rest.Span.End, EndLine = rest.Span.EndLine, EndColumn = rest.Span.EndColumn }, $"{((ScalarNode)entry.Value).Text},{rest.Text}"));

        private static void CheckLength<T>(List<T> items, ParsingEvent start)
        {
            if (items.Count == LongestList)
                throw new TooLargeException(start, $"this has more than {Count(LongestList)} items; in a spec nothing has");
        }

        private SourceSpan SpanOf(ParsingEvent at, ParsingEvent? end = null) => positions.Between(at.Start, (end ?? at).End);
    }
}
