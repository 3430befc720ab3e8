using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Data.Lists;

/// <summary>
/// Which row of a list names which picture. One in two parts would be measured after it was learnt, and one under two classes has none; a row that says
/// the same once more counts once.
/// </summary>
/// <param name="list">The list.</param>
internal sealed class ListedOnce(string list)
{
    private const int LinesShown = 5;

    private readonly Dictionary<string, (int Line, DataPart Part, string Class)> rows = [];
    private readonly List<(int Line, int Earlier)> repeats = [];

    /// <summary>Notes a row.</summary>
    /// <param name="line">Where it stands.</param>
    /// <param name="path">The full path of its picture.</param>
    /// <param name="part">Its part.</param>
    /// <param name="itsClass">Its class; empty for none.</param>
    /// <returns>Whether no row before names the picture.</returns>
    /// <exception cref="ZfDeclException">ZF1195: one names it in another part, or under another class.</exception>
    public bool Add(int line, string path, DataPart part, string itsClass)
    {
        if (rows.TryAdd(path, (line, part, itsClass)))
            return true;
        var earlier = rows[path];
        if (earlier.Part != part)
            throw Contradiction($"in {Word(earlier.Part)} and in {Word(part)}", "an image belongs to one part, or what is measured was learnt before");
        if (earlier.Class != itsClass)
            throw Contradiction($"{Called(earlier.Class)} and {Called(itsClass)}", "an image is of one class");
        repeats.Add((line, earlier.Line));
        return false;

        ZfDeclException Contradiction(string both, string rule) =>
            new("ZF1195", $"lines {earlier.Line} and {line} name the same image, {path}, {both}; {rule}: leave one of the lines out", list);
    }

    /// <summary>Warns of the rows that said the same once more (ZF1196).</summary>
    public void WarnOfRepeats(IRunLog log)
    {
        if (repeats.Count > 0)
            log.Warn("ZF1196", $"{Quantity.Of(repeats.Count, "line")} of the list {(repeats.Count == 1 ? "repeats an earlier one and counts" : "repeat earlier ones and count")} once: "
                + string.Join(", ", repeats.Take(LinesShown).Select(pair => $"line {pair.Line} is line {pair.Earlier}")) + (repeats.Count > LinesShown ? " …" : ""), list);
    }

    private static string Word(DataPart part) => part.ToString().ToLowerInvariant();

    private static string Called(string itsClass) => itsClass.Length == 0 ? "without a class" : $"as '{itsClass}'";
}
