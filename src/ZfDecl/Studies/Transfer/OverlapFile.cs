using System.Text.Json;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Studies.Transfer;

/// <summary>Keeps what <see cref="OverlapSearch"/> has found, which takes as long as reading all pre-training images.</summary>
public static class OverlapFile
{
    /// <summary>Reads what was found before, or finds it and keeps it.</summary>
    /// <param name="path">The file; its name decides between which images.</param>
    /// <param name="find">Finds it; null where it cannot be found out, which is not kept.</param>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public static IReadOnlyList<Overlap> ReadOrMake(string path, Func<IReadOnlyList<Overlap>?> find)
    {
        try
        {
            if (File.Exists(path))
                return RecordJson.Read<List<Overlap>>(path);
        }
        catch (Exception damage) when (damage is JsonException or IOException)
        {
            // It is made again.
        }
        if (find() is not { } found)
            return [];
        RecordJson.Write(path, found.ToList());
        return found;
    }
}
