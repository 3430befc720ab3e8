using System.Globalization;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Runs;

/// <summary>Reads <c>metrics.csv</c> back.</summary>
public static class MetricsFile
{
    /// <summary>The epochs of a run.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <returns>One row per epoch, in the order of the file; columns that are not known are ignored. Null where the folder has no such file.</returns>
    /// <exception cref="ZfDeclException">ZF1216: a column is missing, or a value is no number; with the line.</exception>
    public static IReadOnlyList<EpochMetrics>? Read(string folder)
    {
        var path = Path.Combine(folder, RunDirectory.MetricsName);
        if (!File.Exists(path))
            return null;
        var lines = ReadLines(path);
        var header = lines.Length == 0 ? [] : lines[0].Split(',');
        var columns = EpochMetrics.CsvHeader.Split(',').Select(name => Array.IndexOf(header, name)).ToArray();
        if (columns.Contains(-1))
            throw Damaged(path, 1, $"the columns must be {EpochMetrics.CsvHeader}");
        return [.. lines.Skip(1).Select((line, i) => Parse(path, i + 2, line.Split(','), columns))];
    }

    private static EpochMetrics Parse(string path, int line, string[] fields, int[] columns)
    {
        var values = new double[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] >= fields.Length || !double.TryParse(fields[columns[i]], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
                throw Damaged(path, line, "a row is a number a column, with commas between");
        }
        return new((int)values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7], values[8]);
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return [.. CsvFile.Read(path).ReplaceLineEndings("\n").Split('\n').Where(line => line.Length > 0)];
        }
        catch (InvalidDataException damage)
        {
            throw new ZfDeclException("ZF1216", $"this table of epochs is damaged: {damage.Message}. The next epoch of the run writes the file anew; else delete it", path, damage);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ZfDeclException("ZF1216", $"cannot read the metrics: {cause.Message}", path, cause);
        }
    }

    private static ZfDeclException Damaged(string path, int line, string rule) =>
        new("ZF1216", $"line {line} is no row of metrics: {rule}. The next epoch of the run writes the file anew; else delete it", path);
}
