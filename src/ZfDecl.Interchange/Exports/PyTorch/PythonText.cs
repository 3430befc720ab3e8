using System.Globalization;
using System.Text;
using ZfDecl.Generators.Language;

namespace ZfDecl.Interchange.Exports.PyTorch;

/// <summary>Values as Python writes them.</summary>
internal static class PythonText
{
    /// <summary>A number that Python takes for a float, as TorchScript wants it.</summary>
    public static string Real(double value) => double.IsInteger(value) && Math.Abs(value) < 1e15 ? $"{Number(value)}.0" : Number(value);

    public static string Number(double value) => double.IsPositiveInfinity(value) ? "float(\"inf\")" : value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    public static string Flag(bool value) => value ? "True" : "False";

    /// <summary>A number where both are one.</summary>
    public static string Pair(Pair pair) => pair.Y == pair.X ? $"{pair.Y}" : $"({pair.Y}, {pair.X})";

    /// <summary>As <c>F.pad</c> takes them: columns first.</summary>
    public static string Sides(Sides sides) => $"({sides.Left}, {sides.Right}, {sides.Top}, {sides.Bottom})";

    public static string List(IEnumerable<float> values) => $"[{string.Join(", ", values.Select(value => value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal)))}]";

    /// <summary>A text in quotes; whatever is no plain letter is escaped.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
                quoted.Append('\\').Append((char)rune.Value);
            else if (rune.Value < ' ' || rune.Value == 0x7f || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)
                quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
            else
                quoted.Append(rune.ToString());
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>Lines of a comment or of a documentation text: nothing in it ends it.</summary>
    public static string Plain(string text) => string.Concat(text.Select(sign => char.IsControl(sign) ? ' ' : sign)).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "'", StringComparison.Ordinal).Trim();
}
