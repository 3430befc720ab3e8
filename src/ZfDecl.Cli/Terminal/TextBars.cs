namespace ZfDecl.Cli.Terminal;

/// <summary>Bars of text, a line each: a name, a bar and a number.</summary>
internal static class TextBars
{
    private const int LeastBar = 8, MostBar = 30, Indent = 2, Gap = 2;
    private const string Eighths = "▏▎▍▌▋▊▉█", More = "…";

    /// <summary>The lines of some bars, none longer than the width: where room is short the bars go first, then the ends of names.</summary>
    /// <param name="bars">The name, the share 0 … 1, and the number in words.</param>
    /// <param name="width">The letters there are.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<(string Name, double Share, string Value)> bars, int width)
    {
        var (longest, value) = (bars.Max(bar => bar.Name.Length), bars.Max(bar => bar.Value.Length));
        var left = width - Indent - Gap - value;
        var bar = Math.Min(MostBar, left - longest - Gap);
        if (bar < LeastBar)
            bar = Math.Min(LeastBar, left - (longest / 2) - Gap) is LeastBar ? LeastBar : 0;
        var name = Math.Max(1, Math.Min(longest, left - (bar == 0 ? 0 : bar + Gap)));
        return bars.Select(one => $"{new string(' ', Indent)}{Cut(one.Name, name).PadRight(name)}{(bar == 0 ? "" : $"{new string(' ', Gap)}{Bar(one.Share, bar).PadRight(bar)}")}{new string(' ', Gap)}{one.Value.PadLeft(value)}");
    }

    /// <summary>A bar of whole and eighth blocks; anything above 0 can be seen.</summary>
    /// <param name="share">0 … 1.</param>
    /// <param name="length">The letters of a whole bar.</param>
    internal static string Bar(double share, int length)
    {
        var eighths = (int)Math.Round(Math.Clamp(share, 0, 1) * length * Eighths.Length);
        if (eighths == 0)
            return share > 0 ? Eighths[..1] : "";
        return new string(Eighths[^1], eighths / Eighths.Length) + (eighths % Eighths.Length is > 0 and var rest ? Eighths[rest - 1] : "");
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), More);
}
