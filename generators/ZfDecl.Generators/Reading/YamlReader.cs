using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using ZfDecl.Generators.Diagnostics;

namespace ZfDecl.Generators.Reading;

/// <summary>
/// YAML text to nodes with places. The language is the plain part of YAML: one document, mappings, lists and scalars; aliases are refused,
/// and so are sizes and depths that no spec has, before they cost anything.
/// </summary>
internal static class YamlReader
{
    public const int LargestFile = 256 * 1024;
    public const int DeepestNesting = 16;

    /// <summary>The root of the file's one document; null where the file is empty or malformed, which is reported.</summary>
    public static Node? Read(string file, string text, Report report)
    {
        if (text.Length > LargestFile)
        {
            report.Add(Codes.TooLarge, default(SourceSpan) with { File = file }, $"the file has {text.Length:N0} characters; a spec has at most {LargestFile:N0}");
            return null;
        }
        try
        {
            return new Reader(file, text, report).ReadDocument();
        }
        catch (YamlException e)
        {
            if (TabIndentation(file, text) is { } tab)
                report.Add(Codes.Syntax, tab, "YAML is indented with spaces, and this line is indented with a tab; replace it by spaces");
            else
                report.Add(Codes.Syntax, Span(file, text.Length, e.Start, e.End), $"this is not well-formed YAML: {e.Message}");
            return null;
        }
    }

    private static SourceSpan Span(string file, int length, Mark start, Mark end) => new(
        file, (int)Math.Min(start.Index, length), (int)Math.Min(end.Index, length),
        (int)Math.Max(start.Line - 1, 0), (int)Math.Max(start.Column - 1, 0), (int)Math.Max(end.Line - 1, 0), (int)Math.Max(end.Column - 1, 0));

    /// <summary>The first tab that a line is indented with: the parser stumbles over it later and says something else.</summary>
    private static SourceSpan? TabIndentation(string file, string text)
    {
        var (line, start) = (0, 0);
        foreach (var content in text.Split('\n'))
        {
            var indent = content.TakeWhile(c => c is ' ' or '\t').Count();
            var tab = content.IndexOf('\t');
            if (tab >= 0 && tab < indent)
                return new(file, start + tab, start + tab + 1, line, tab, line, tab + 1);
            (line, start) = (line + 1, start + content.Length + 1);
        }
        return null;
    }

    private sealed class Reader(string file, string text, Report report)
    {
        private readonly Parser parser = new(new StringReader(text));

        public Node? ReadDocument()
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                report.Add(Codes.Missing, new(file, 0, 0, 0, 0, 0, 0), "the file is empty; a spec starts with 'network: <Name>'");
                return null;
            }
            parser.Consume<DocumentStart>();
            var root = ReadNode(0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
                report.Add(Codes.NotInLanguage, Place(second), "a second YAML document begins here; a file holds one spec");
            return root;
        }

        private Node? ReadNode(int depth)
        {
            if (parser.Current is NodeEvent { Tag.IsEmpty: false } tagged)
                report.Add(Codes.NotInLanguage, Place(tagged), $"'{tagged.Tag.Value}' is a YAML tag; specs have none: leave it out");
            switch (parser.Current)
            {
                case Scalar scalar:
                    parser.MoveNext();
                    var isPlain = scalar.Style == ScalarStyle.Plain;
                    return new ScalarNode(Place(scalar), isPlain && scalar.Value is "~" or "null" or "Null" or "NULL" ? "" : scalar.Value, isPlain);
                case AnchorAlias alias:
                    report.Add(Codes.NotInLanguage, Place(alias), $"'*{alias.Value}' is a YAML alias; specs have none: write the value out");
                    parser.MoveNext();
                    return null;
                case { } start when depth == DeepestNesting:
                    report.Add(Codes.TooLarge, Place(start), $"this is nested more than {DeepestNesting} deep; a spec is not");
                    parser.SkipThisAndNestedEvents();
                    return null;
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
                if (ReadNode(depth + 1) is { } item)
                    items.Add(item);
            }
            return new(Place(start, end), items);
        }

        private MapNode ReadMap(MappingStart start, int depth)
        {
            var entries = new List<Entry>();
            MappingEnd end;
            while (!parser.TryConsume(out end!))
            {
                var key = ReadNode(depth + 1);
                var value = ReadNode(depth + 1);
                if (key is null || value is null)
                    continue;
                if (key is not ScalarNode { Text.Length: > 0 } name)
                    report.Add(Codes.NotInLanguage, key.Span, $"a key is a word; this is {key.Description}");
                else if (entries.FirstOrDefault(entry => entry.Key.Text == name.Text) is { } first)
                    report.Add(Codes.DuplicateKey, name.Span, $"'{name.Text}' stands here a second time, first in line {first.Key.Span.Line + 1}; keep one");
                else
                    entries.Add(new(name, value));
            }
            return new(Place(start, end), entries);
        }

        private SourceSpan Place(ParsingEvent at, ParsingEvent? end = null) => Span(file, text.Length, at.Start, (end ?? at).End);
    }
}
