using System.Text.RegularExpressions;
using ZfDecl.Messages;

namespace ZfDecl.Data.Formats;

/// <summary>The names of the IDX files of one data set: <c>train-images-idx3-ubyte</c> of MNIST, <c>emnist-letters-train-images-idx3-ubyte.gz</c> of EMNIST, and their like.</summary>
/// <param name="Set">What stands before the part, such as <c>emnist-letters-</c>; empty for MNIST and its kin.</param>
/// <param name="Files">The paths, by part (<c>train</c> or <c>t10k</c>) and kind (<c>images</c> or <c>labels</c>).</param>
internal sealed partial record IdxNames(string Set, IReadOnlyDictionary<(string Part, string Kind), string> Files)
{
    /// <summary>The part that is trained on, and the one that validates.</summary>
    public const string Train = "train", Test = "t10k";

    /// <summary>Finds the files in a folder, or those that a named file belongs to; null where there is none.</summary>
    /// <param name="path">A folder, or one of the files.</param>
    /// <exception cref="ZfDeclException">ZF1185: there are files of several data sets.</exception>
    public static IdxNames? Find(string path)
    {
        var named = File.Exists(path) ? Name().Match(Path.GetFileName(path)) : null;
        var folder = named is null ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (named is { Success: false } || !Directory.Exists(folder))
            return null;
        var sets = Directory.EnumerateFiles(folder, "*ubyte*").Select(file => (Path: file, Match: Name().Match(Path.GetFileName(file)))).Where(file => file.Match.Success)
            .ToLookup(file => file.Match.Groups["set"].Value.ToLowerInvariant());
        var set = named?.Groups["set"].Value.ToLowerInvariant() ?? (sets.Contains("") ? "" : sets.FirstOrDefault()?.Key);
        if (set is null)
            return null;
        if (named is null && set.Length > 0 && sets.Count > 1)
        {
            var files = sets.Select(one => Path.GetFileName(one.First().Path)).Order(StringComparer.Ordinal);
            throw new ZfDeclException("ZF1185", $"several data sets lie in here: {string.Join(", ", sets.Select(one => one.Key.TrimEnd('-', '_')).Order(StringComparer.Ordinal))}; name one of the files of that which is meant with `data`, such as {Path.Combine(folder, files.First())}", folder);
        }
        // Of the same file twice, the one that need not be decompressed.
        return new(set, sets[set].OrderBy(file => file.Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)).ThenBy(file => file.Path, StringComparer.Ordinal)
            .GroupBy(file => (Train.Equals(file.Match.Groups["part"].Value, StringComparison.OrdinalIgnoreCase) ? Train : Test, file.Match.Groups["kind"].Value.ToLowerInvariant()))
            .ToDictionary(files => files.Key, files => files.First().Path));
    }

    [GeneratedRegex(@"^(?<set>.*?)(?<part>train|t10k|test)[-_.](?:(?<kind>images)[-_.]idx[34]|(?<kind>labels)[-_.]idx1)[-_.]ubyte(?:\.gz)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Name();
}
