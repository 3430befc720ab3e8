using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace ZfDecl.Data.Folders;

/// <summary>Names of files that are not UTF-8, as an archive from another system unpacks them: .NET can neither give nor open them.</summary>
internal static partial class UndecodableNames
{
    // Of a directory entry (struct dirent of 64-bit Linux, as glibc and musl have it): where the name stands.
    private const int NameOffset = 19;

    /// <summary>The names in a folder that are not UTF-8, in ordinal order.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="replaced">What .NET makes of them: given back where the system does not say the bytes.</param>
    /// <returns>The names with a byte that is none of UTF-8 as <c>\xE9</c>.</returns>
    public static string[] In(string folder, IReadOnlyList<string> replaced)
    {
        if (!OperatingSystem.IsLinux() || IntPtr.Size != 8 || OpenDirectory(folder) is not (not 0 and var directory))
            return [.. replaced.Order(StringComparer.Ordinal)];
        var names = new List<string>();
        for (var entry = ReadDirectory(directory); entry != 0; entry = ReadDirectory(directory))
        {
            var name = BytesOf(entry + NameOffset);
            if (!Utf8.IsValid(name))
                names.Add(Escaped(name));
        }
        _ = CloseDirectory(directory);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>A name with what is not UTF-8 in it as <c>\xE9</c>.</summary>
    public static string Escaped(ReadOnlySpan<byte> name)
    {
        var text = new StringBuilder();
        while (name.Length > 0)
        {
            if (Rune.DecodeFromUtf8(name, out var rune, out var length) == OperationStatus.Done)
            {
                text.Append(rune);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\x{name[0]:X2}");
                length = 1;
            }
            name = name[length..];
        }
        return text.ToString();
    }

    private static unsafe ReadOnlySpan<byte> BytesOf(nint text) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)text);

    [LibraryImport("libc", EntryPoint = "opendir", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenDirectory(string path);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint ReadDirectory(nint directory);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseDirectory(nint directory);
}
