namespace ZfDecl.Generators.Reading;

/// <summary>
/// Finds brackets, braces and quotes that are not closed. The parser stumbles over what follows them, lines later, and says something else; so its text is gone through once more,
/// with as much of YAML's rules as it takes to see which brackets belong together.
/// </summary>
internal static class Brackets
{
    private const string Opening = "{[", Closing = "}]";

    /// <summary>What is wrong, with the offset where it opened.</summary>
    public static List<(int Offset, string Message)> Faults(string text)
    {
        var (faults, open) = (new List<(int, string)>(), new Stack<int>());
        var isStart = true;                     // whether a value may begin here
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\n' or '\r')
            {
                if (open.Count > 0 && IsBlockLine(text, i + 1, IndentationAt(text, open.Last())))
                    CloseAll();
                isStart = true;
            }
            else if (c == '#' && (i == 0 || char.IsWhiteSpace(text[i - 1])))
            {
                i = EndOfLine(text, i) - 1;
            }
            else if (c is '\'' or '"' && isStart)
            {
                if (EndOfQuote(text, i) is not { } end)
                {
                    faults.Add((i, $"this quotation mark is not closed: a second {c} is missing"));
                    return faults;
                }
                (i, isStart) = (end, false);
            }
            else if (Opening.Contains(c) && isStart)
            {
                open.Push(i);
            }
            else if (Closing.Contains(c) && open.Count > 0)
            {
                Close(i);
                isStart = false;
            }
            else if (!char.IsWhiteSpace(c))
            {
                // In a line of the block a value begins behind a dash or a colon; within brackets also behind a comma.
                isStart = (c is '-' or ':' or '?' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]))) || (c == ',' && open.Count > 0);
            }
        }
        CloseAll();
        return [.. faults.OrderBy(fault => fault.Item1)];

        void Close(int at)
        {
            var kind = Closing.IndexOf(text[at]);
            if (open.All(start => Opening.IndexOf(text[start]) != kind))
            {
                faults.Add((at, $"this '{text[at]}' closes nothing; leave it out, or open it with a '{Opening[kind]}'"));
                return;
            }
            for (var start = open.Pop(); Opening.IndexOf(text[start]) != kind; start = open.Pop())
                Add(start);
        }

        void CloseAll()
        {
            while (open.Count > 0)
                Add(open.Pop());
        }

        void Add(int start) => faults.Add((start, $"the '{text[start]}' that opens here is not closed: a '{Closing[Opening.IndexOf(text[start])]}' is missing"));
    }

    /// <summary>Whether a line is the next of the block that a bracket stands in: no deeper than that one's line, and an item or a key. Then the bracket is not closed.</summary>
    private static bool IsBlockLine(string text, int start, int indentation)
    {
        var end = EndOfLine(text, start);
        var line = text.Substring(start, end - start);
        var words = line.TrimStart(' ');
        if (words.Length == 0 || line.Length - words.Length > indentation)
            return false;
        var key = words.TakeWhile(c => char.IsLetterOrDigit(c) || c is '-' or '_').Count();
        return words.StartsWith("- ", StringComparison.Ordinal) || (key > 0 && words.Length > key && words[key] == ':' && (words.Length == key + 1 || words[key + 1] == ' '));
    }

    private static int IndentationAt(string text, int offset)
    {
        var start = text.LastIndexOfAny(['\n', '\r'], offset) + 1;
        return text.Skip(start).TakeWhile(c => c == ' ').Count();
    }

    private static int EndOfLine(string text, int from) => text.IndexOfAny(['\n', '\r'], from) is >= 0 and var end ? end : text.Length;

    private static int? EndOfQuote(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[start] == '"' && text[i] == '\\')
                i++;
            else if (text[i] == text[start] && (text[start] == '"' || i + 1 == text.Length || text[i + 1] != '\''))
                return i;
            else if (text[i] == text[start])
                i++;
        }
        return null;
    }
}
