using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Studies.Transfer;

/// <summary>Keeps what <see cref="OverlapSearch"/> has found, which takes as long as reading all pre-training images.</summary>
internal static class OverlapFile
{
    /// <summary>Reads what was found before, or finds it and keeps it.</summary>
    /// <param name="path">The file; its name decides between which images.</param>
    /// <param name="find">Finds it; null where it cannot be found out, which is not kept.</param>
    /// <returns>What is found; null where it cannot be found out.</returns>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public static IReadOnlyList<Overlap>? ReadOrMake(string path, Func<IReadOnlyList<Overlap>?> find)
    {
        try
        {
            if (File.Exists(path))
                return RecordJson.Read<Found, List<Overlap>>(path, overlaps => new(overlaps)).Overlaps;
        }
        catch (ZfDeclException)
        {
            // It is made again.
        }
        if (find() is not { } found)
            return null;
        RecordJson.Write(path, new Found(found));
        return found;
    }

    private sealed record Found(IReadOnlyList<Overlap> Overlaps) : IRecord
    {
        public static RecordKind Kind { get; } = new("ZF1423", "this is no list of overlaps", "Delete the file: it is made again", Format: 2);

        public IEnumerable<string> Problems() => Overlaps.Any(overlap => overlap.Image < 0) ? ["'image' of an overlap is below 0"] : [];
    }
}
