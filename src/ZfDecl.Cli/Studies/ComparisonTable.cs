using System.Globalization;
using ZfDecl.Studies;

namespace ZfDecl.Cli.Studies;

/// <summary>A comparison as the console shows it.</summary>
internal static class ComparisonTable
{
    /// <summary>The lines of the table: errors in percent, mean ± deviation over the seeds.</summary>
    /// <param name="rows">At least one.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<ComparedRow> rows)
    {
        var published = rows.Any(row => row.Published is not null);
        return TextTable.Lines(
            ["", "row", "seeds", "train top-1", "val top-1", "val top-5", "parameters", "seconds", .. published ? ["paper: train / val / top-5"] : Array.Empty<string>()],
            "rlrrrrrr" + (published ? "r" : ""),
            rows.Index().Select(row => (string[])
            [
                $"{row.Index + 1}", row.Item.Label, $"{row.Item.Seeds.Count}", $"{row.Item.Train}", $"{row.Item.Val}", $"{row.Item.Top5}",
                row.Item.Seeds[0].Parameters.ToString("N0", CultureInfo.InvariantCulture), row.Item.Seeds.Average(seed => seed.Seconds).ToString("0", CultureInfo.InvariantCulture),
                .. published ? [Published(row.Item.Published)] : Array.Empty<string>(),
            ]));
    }

    private static string Published(PublishedErrors? errors) =>
        errors is null ? "" : string.Join(" / ", new[] { errors.Train, errors.Val, errors.Top5 }.Select(value => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–"));
}
