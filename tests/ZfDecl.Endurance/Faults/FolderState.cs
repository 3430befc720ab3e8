using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ZfDecl.Training.Logs;

namespace ZfDecl.Endurance.Faults;

/// <summary>What is in a folder of runs, so that two of them can be compared: bytes of weights, inputs, units and pictures; records, tables and events without their times.</summary>
/// <param name="Files">What each file holds, in a form that is equal where the files say the same, by its path.</param>
public sealed partial record FolderState(IReadOnlyDictionary<string, string> Files)
{
    /// <summary>What is in a folder now, but for the files of locks, which stay.</summary>
    public static FolderState Of(string folder) => new(Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Where(path => Path.GetExtension(path) != ".lock")
        .ToDictionary(path => Path.GetRelativePath(folder, path), path => Directory.Exists(path) ? "a folder" : Content(path)));

    /// <summary>Where another one differs, a sentence each.</summary>
    public IEnumerable<string> Differences(FolderState other)
    {
        foreach (var (path, content) in Files)
        {
            if (!other.Files.TryGetValue(path, out var now))
                yield return $"{path} is missing";
            else if (now != content)
                yield return $"{path} is another: {Where(content, now)}";
        }
        foreach (var path in other.Files.Keys.Where(path => !Files.ContainsKey(path)))
            yield return $"{path} is left behind";
    }

    private static string Content(string path) => Path.GetExtension(path) switch
    {
        ".json" => Resumed().Replace(Seal().Replace(Times().Replace(Moments().Replace(File.ReadAllText(path), "\"then\""), "$1: 0"), "sealed"), "[]"),
        ".csv" => Table(File.ReadAllText(path)),
        ".svg" or ".html" => Digits().Replace(File.ReadAllText(path), "0"),         // of clips, and of times
        ".zfdecl" when new FileInfo(path).Length > 0 => string.Join('\n', EventFile.Read(path).Select(entry =>
            $"{entry.Step} {string.Join(' ', entry.Summary?.Value.Where(value => value.Tag != "images_per_second").Select(value => $"{value.Tag}={value.SimpleValue:R}") ?? [])}")),
        _ => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
    };

    private static string Table(string text)
    {
        var lines = text.Split('\n');
        string[] timed = ["seconds", "images_per_second"];
        var header = lines[0].Split(',');
        var kept = Enumerable.Range(0, header.Length).Where(column => !timed.Contains(header[column])).ToArray();
        return string.Join('\n', lines.Select(line => line.StartsWith("# seal ", StringComparison.Ordinal) ? "sealed"
            : line.Split(',') is var fields && fields.Length == header.Length ? string.Join(',', kept.Select(column => fields[column])) : line));
    }

    private static string Where(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"'{Around(one)}' became '{Around(other)}'";

        string Around(string text) => new StringBuilder(text, Math.Max(0, Math.Min(at - 40, text.Length)), Math.Min(text.Length - Math.Max(0, Math.Min(at - 40, text.Length)), 80), 80).ToString();
    }

    [GeneratedRegex("\"\\d{4}-\\d\\d-\\d\\dT[^\"]*\"")]
    private static partial Regex Moments();

    [GeneratedRegex("(\"(?:seconds|images_per_second)\"): ?[-+.0-9eE]+")]
    private static partial Regex Times();

    [GeneratedRegex("(?<=\"seal\": ?\")[0-9a-f]{64}")]
    private static partial Regex Seal();

    [GeneratedRegex("(?<=\"(?:resumptions|resumed)\": )\\[[^\\]]*\\]")]
    private static partial Regex Resumed();

    [GeneratedRegex("cl_[0-9a-f]+|[0-9]+(?:[.][0-9]+)?")]
    private static partial Regex Digits();
}
