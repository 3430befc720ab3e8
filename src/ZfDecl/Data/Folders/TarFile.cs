using System.Formats.Tar;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Data.Folders;

/// <summary>The files in a tar archive, which are read where they lie: nothing is unpacked.</summary>
internal static class TarFile
{
    /// <summary>How the name of an archive ends.</summary>
    public const string Ending = ".tar";

    private static readonly string[] Compressed = [".gz", ".tgz", ".bz2", ".xz", ".zst", ".txz", ".tbz2"];

    /// <summary>Whether a file is an archive by its name.</summary>
    public static bool IsNamed(string path) => path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>What to do with an archive that cannot be read where it lies; null where the name is not that of one.</summary>
    public static string? Remedy(string path) =>
        path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".7z", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".rar", StringComparison.OrdinalIgnoreCase)
            ? "unpack it and name the folder; a .tar can be read as it is"
            : Compressed.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) ? "decompress it, for example with gunzip: a .tar can be read as it is, a compressed one not" : null;

    /// <summary>Whether a file begins as gzip, bzip2, xz or zstd do.</summary>
    private static bool IsCompressed(FileStream file)
    {
        Span<byte> start = stackalloc byte[4];
        return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)] is [0x1F, 0x8B, ..] or [(byte)'B', (byte)'Z', (byte)'h', ..] or [0xFD, (byte)'7', (byte)'z', (byte)'X'] or [0x28, 0xB5, 0x2F, 0xFD];
    }

    /// <summary>Lists the files of an archive.</summary>
    /// <param name="path">The archive, or the one that holds it.</param>
    /// <param name="offset">Where it begins, in bytes.</param>
    /// <param name="end">Where it ends; null for the end of the file.</param>
    /// <returns>Of each its path with slashes, where it begins in the file, and its length in bytes.</returns>
    /// <exception cref="ZfDeclException">ZF1137: it is no archive, or damaged.</exception>
    public static IReadOnlyList<(string Path, long Offset, long Length)> List(string path, long offset = 0, long? end = null)
    {
        var files = new List<(string Path, long Offset, long Length)>();
        var places = new Dictionary<string, (long Offset, long Length)>();
        try
        {
            using var stream = RegularFile.OpenInput(path, long.MaxValue);
            if (offset == 0 && IsCompressed(stream))
                throw new ZfDeclException("ZF1137", "the archive is compressed although its name does not say so; decompress it, for example with 'tar -xf' into a folder, or with gunzip", path);
            var last = end ?? stream.Length;
            stream.Position = offset;
            using var reader = new TarReader(stream, leaveOpen: true);
            while (stream.Position < last && reader.GetNextEntry() is { } entry)
            {
                var name = entry.Name.Replace('\\', '/').TrimStart('/');
                if (entry.EntryType is TarEntryType.HardLink && places.TryGetValue(entry.LinkName, out var place))
                    files.Add((name, place.Offset, place.Length));
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
                    continue;
                if (entry.DataOffset + entry.Length > last)
                    throw new EndOfStreamException($"it ends in {name}");
                places[entry.Name] = (entry.DataOffset, entry.Length);
                files.Add((name, entry.DataOffset, entry.Length));
            }
        }
        catch (Exception damage) when (damage is InvalidDataException or FormatException or EndOfStreamException or OverflowException or ArgumentException)
        {
            throw new ZfDeclException("ZF1137", $"the archive cannot be read{(offset == 0 ? "" : $" from byte {offset} on")}: {damage.Message.TrimEnd('.')}; download or copy it again", path, damage);
        }
        return files;
    }
}
