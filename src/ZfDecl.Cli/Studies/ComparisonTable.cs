using System.Globalization;
using ZfDecl.Cli.Terminal;
using ZfDecl.Studies.Comparison;

namespace ZfDecl.Cli.Studies;

/// <summary>A comparison as the console shows it.</summary>
internal static class ComparisonTable
{
    /// <summary>The lines of the table: errors in percent, mean ± deviation over the seeds; differences between rows ± their standard errors.</summary>
    /// <param name="rows">At least one.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<ComparedRow> rows)
    {
        var published = rows.Any(row => row.Published is not null);
        var against = rows.Any(row => row.Difference is not null);
        return TextTable.Lines(
            ["", "row", "seeds", "train top-1", "val top-1", .. against ? ["val, against row"] : Array.Empty<string>(), "val top-5", "parameters", "seconds", .. published ? ["paper: train / val / top-5"] : Array.Empty<string>()],
            "rlrrr" + (against ? "r" : "") + "rrr" + (published ? "r" : ""),
            rows.Index().Select(row => (string[])
            [
                $"{row.Index + 1}", row.Item.Label, $"{row.Item.Seeds.Count}", $"{row.Item.Train}", $"{row.Item.Val}", .. against ? [Against(row.Item)] : Array.Empty<string>(), $"{row.Item.Top5}",
                row.Item.Parameters.ToString("N0", CultureInfo.InvariantCulture), row.Item.Seconds.ToString("0", CultureInfo.InvariantCulture),
                .. published ? [Published(row.Item.Published)] : Array.Empty<string>(),
            ]));

        string Against(ComparedRow row) => row.Difference is { } difference ? FormattableString.Invariant($"{rows.Index().First(other => other.Item.Label == row.Against!.Label).Index + 1}: {difference}") : "";
    }

    private static string Published(PublishedErrors? errors) =>
        errors is null ? "" : string.Join(" / ", new[] { errors.Train, errors.Val, errors.Top5 }.Select(value => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–"));
}
