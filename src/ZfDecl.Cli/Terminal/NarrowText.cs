namespace ZfDecl.Cli.Terminal;

/// <summary>Text that fits into a terminal, however narrow, with its words whole.</summary>
internal static class NarrowText
{
    private const string Continued = "  ", Command = "dotnet msbuild ", More = "…";
    private const int LeastBar = 8, MostBar = 40, Percent = 4;

    /// <summary>
    /// A line, broken between words where it is too long; what follows is indented. Rows of tables stay as they are, and so does a command, which would not be copied whole: that stands in a
    /// line of its own.
    /// </summary>
    public static string Wrap(string line, int width)
    {
        if (line.Length <= width || line.StartsWith(' ') || line.TrimEnd().Contains("  ", StringComparison.Ordinal))
            return line;
        var command = line.IndexOf(Command, StringComparison.Ordinal);
        string[] words = command < 0 ? line.Split(' ') : [.. line[..command].Split(' ', StringSplitOptions.RemoveEmptyEntries), line[command..]];
        var (lines, current) = (new List<string>(), words[0]);
        foreach (var word in words.Skip(1))
        {
            if (current.Length + 1 + word.Length <= width)
            {
                current += $" {word}";
                continue;
            }
            lines.Add(current);
            current = Continued + word;
        }
        return string.Join('\n', lines.Append(current));
    }

    /// <summary>A progress bar in one line of at most so many letters. What finds no room is left out: first the end of the status, then the bar, then the end of the title.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="status">Its parts, the most important first.</param>
    /// <param name="width">The letters there are.</param>
    /// <returns>The title and the status as far as they fit, each of whole words, and the length of the bar between them, 0 for none. The percentage takes four letters.</returns>
    public static (string Title, int Bar, string Status) Bar(string title, IReadOnlyList<string> status, int width)
    {
        title = Shorten(title, width - Percent - 1);
        var left = width - title.Length - 1 - Percent;
        var bar = Math.Clamp((left / 2) - 1, 0, MostBar);
        if (bar < LeastBar)
            bar = 0;
        left -= bar == 0 ? 0 : bar + 1;
        var fitting = status.Select((_, i) => string.Join(", ", status.Take(i + 1))).LastOrDefault(text => text.Length + 1 <= left) ?? "";
        return (title, bar, fitting);
    }

    private static string Shorten(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var words = text.Split(' ');
        return Enumerable.Range(1, words.Length - 1).Select(count => string.Join(' ', words[..^count]) + More).FirstOrDefault(shorter => shorter.Length <= length) ?? "";
    }
}
