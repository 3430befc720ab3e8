using System.Text;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Messages;

namespace ZfDecl.Runs;

/// <summary>The files that a run reads back and that carry no seal. An earlier version wrote them, or their seals are gone: they are read, and only their values can be checked.</summary>
internal static class UnsealedFiles
{
    private const int Named = 4, Head = 256;

    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>Says once, for all of a run, which files carry no seal.</summary>
    /// <param name="run">The folder; nothing is said where there is none.</param>
    /// <param name="log">Hears of them.</param>
    public static void Say(string run, IRunLog log)
    {
        string[] found = [.. In(run)];
        if (found.Length > 0)
            log.Say($"{found.Length} {(found.Length == 1 ? "file" : "files")} of '{run}' {(found.Length == 1 ? "carries" : "carry")} no seal ({string.Join(", ", found.Take(Named))}{(found.Length > Named ? " …" : "")}): an earlier version wrote them. Their values are checked, but not whether they are the ones that were written");
    }

    /// <summary>Their paths in the folder of a run, with forward slashes, in order.</summary>
    internal static IEnumerable<string> In(string run) => !Directory.Exists(run) ? []
        : Directory.EnumerateFiles(run, "*", Below).Select(file => Path.GetRelativePath(run, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("report/", StringComparison.Ordinal) && !file.Split('/').Any(Temporary.Is) && LacksItsSeal(Path.Combine(run, file)))
            .Order(StringComparer.Ordinal);

    private static bool LacksItsSeal(string path)
    {
        try
        {
            var name = Path.GetFileName(path);
            return Path.GetExtension(name) switch
            {
                ".json" => !Ascii(path, fromEnd: false).Contains($"\"{Seal.Name}\"", StringComparison.Ordinal),
                ".csv" when name == RunDirectory.MetricsName || IsShown(path) => !Ascii(path, fromEnd: true).Contains(CsvFile.Mark, StringComparison.Ordinal),
                ".safetensors" when name == RunDirectory.InputName || CheckpointFolder.IsSnapshot(name) => !SafeTensorsFile.IsSealed(path),
                _ => false,
            };
        }
        catch (Exception cause) when (cause is ZfDeclException or IOException or UnauthorizedAccessException)
        {
            return false;                                               // whoever reads it says so
        }
    }

    /// <summary>Whether a table is one that a section of the report shows.</summary>
    private static bool IsShown(string table) => Path.Combine(Path.GetDirectoryName(table)!, ReportSection.FileName) is var section && File.Exists(section)
        && RegularFile.ReadText(section, RegularFile.LargestRecord).Contains($"\"{Path.GetFileName(table)}\"", StringComparison.Ordinal);

    private static string Ascii(string path, bool fromEnd)
    {
        using var file = RegularFile.Open(path, long.MaxValue);
        if (fromEnd)
            file.Position = Math.Max(0, file.Length - Head);
        var bytes = new byte[Head];
        return Encoding.ASCII.GetString(bytes, 0, file.ReadAtLeast(bytes, Head, throwOnEndOfStream: false));
    }
}
