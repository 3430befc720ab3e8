using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using ZfDecl.Explore.Problems;
using ZfDecl.Messages;

namespace ZfDecl.Explore.Exploring;

/// <summary>
/// What an address of the page means, as far as a projection is concerned: <c>layer=conv3&amp;map=17&amp;at=6,7&amp;image=data:17&amp;rule=guided&amp;unpool=sum&amp;class=3&amp;whole=yes&amp;epoch=12&amp;view=zoom,x,y&amp;shift=right,down&amp;rotate=…&amp;enlarge=…&amp;blur=…&amp;erase=x,y,r;x,y,r&amp;cover=y,x,size</c>.
/// What it does not know belongs to the page alone.
/// </summary>
/// <param name="Subject">What is looked at.</param>
/// <param name="Layer">The layer; null for none.</param>
/// <param name="Map">The map; null for the strongest.</param>
/// <param name="At">Row and column of the unit; null for the strongest.</param>
/// <param name="Class">The class whose score is projected; null for none.</param>
/// <param name="Whole">Whether the whole layer is projected.</param>
/// <param name="Rule">The rule of the relus; null for the paper's.</param>
/// <param name="Unpool">The rule of the poolings; null for the sum.</param>
internal sealed record PinAddress(Subject Subject, string? Layer, int? Map, int[]? At, int? Class, bool Whole, string? Rule, string? Unpool)
{
    /// <summary>Reads an address.</summary>
    /// <param name="fragment">With its # or without.</param>
    /// <exception cref="ZfDeclException">ZF1810: a number in it is none.</exception>
    public static PinAddress Parse(string fragment)
    {
        var parts = QueryHelpers.ParseQuery(fragment.TrimStart('#'));
        var (view, shift, cover) = (Numbers("view", 3), Numbers("shift", 2), Numbers("cover", 3));
        double[][]? erased = Text("erase")?.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(disc => Parsed("erase", disc, 3)).ToArray();
        var edit = new SubjectEdit(shift, Number("rotate"), Number("enlarge"), Number("blur"), erased, cover is [var y, var x, var size] ? new(Integer("cover", y), Integer("cover", x), Integer("cover", size)) : null);
        return new(
            new(0, Count("epoch"), Text("image"), view is [var zoom, var right, var down] ? new(zoom, right, down) : null, edit),
            Text("layer"), Count("map"), Numbers("at", 2) is { } at ? [.. at.Select(number => Integer("at", number))] : null, Count("class"), Text("whole") == "yes", Text("rule"), Text("unpool"));

        string? Text(string name) => parts.TryGetValue(name, out var values) && values is [{ Length: > 0 } text, ..] ? text : null;

        double? Number(string name) => Numbers(name, 1)?[0];

        int? Count(string name) => Number(name) is { } number ? Integer(name, number) : null;

        double[]? Numbers(string name, int count) => Text(name) is { } text ? Parsed(name, text, count) : null;
    }

    private static double[] Parsed(string name, string text, int count)
    {
        double[] numbers = [.. text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)];
        return numbers.Length == count && numbers.All(double.IsFinite) ? numbers : throw RequestErrors.Unreadable($"'{name}' of the address: allowed are {count} numbers");
    }

    private static int Integer(string name, double number) => number == Math.Truncate(number) && Math.Abs(number) < int.MaxValue ? (int)number
        : throw RequestErrors.Unreadable($"'{name}' of the address: allowed are whole numbers");
}
