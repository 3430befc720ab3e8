using System.Runtime.InteropServices;

namespace ZfDecl.Files;

/// <summary>
/// All that changes files and folders of runs: created, written, flushed, renamed, deleted. The one place that stands between the files and the system, so that a test can
/// put a disk there that fails, or one that a process dies at.
/// </summary>
internal partial class Disk
{
    private const int WorkingDirectory = -100, Exchange = 2;            // AT_FDCWD, RENAME_EXCHANGE of <fcntl.h>; RENAME_SWAP of macOS is 2 as well
    private const int Buffer = 1 << 16;

    private static readonly Disk system = new();
    private static readonly AsyncLocal<Disk?> replacement = new();

    /// <summary>The disk that is written to: the system's.</summary>
    public static Disk Current => replacement.Value ?? system;

    /// <summary>Puts another disk there, for what the caller does and starts from here on.</summary>
    internal static void Replace(Disk? other) => replacement.Value = other;

    /// <summary>Creates a file that is not there; the caller disposes it.</summary>
    public virtual FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, Buffer);

    /// <summary>Opens a file, made where it is not there, to write behind its first bytes; the rest is cut off. The caller disposes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">How many bytes stay.</param>
    public virtual FileStream Append(string path, long length)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(length);
        file.Position = length;
        return file;
    }

    /// <summary>Opens a file that stands for a lock, made where it is not there; the caller disposes it.</summary>
    /// <exception cref="IOException">Another one holds it.</exception>
    public virtual FileStream OpenLock(string path, FileAccess access, FileShare share) => new(path, FileMode.OpenOrCreate, access, share);

    /// <summary>Waits until the system has all that was written; where it is to outlive a power failure, until the disk has it.</summary>
    public virtual void Flush(FileStream file, bool durable) => file.Flush(durable);

    /// <summary>Makes a folder and those above it; nothing happens where it is there.</summary>
    public virtual void CreateFolder(string path) => Directory.CreateDirectory(path);

    /// <summary>Renames a file, over an older one.</summary>
    public virtual void Move(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Renames a folder to a name that is free.</summary>
    public virtual void MoveFolder(string from, string to) => Directory.Move(from, to);

    /// <summary>Exchanges two folders in one step, so that there is one at each moment.</summary>
    /// <returns>Whether this system, and this kind of disk, can.</returns>
    public virtual bool TryExchange(string one, string other)
    {
        try
        {
            return OperatingSystem.IsLinux() ? ExchangeOnLinux(WorkingDirectory, one, WorkingDirectory, other, Exchange) == 0
                : OperatingSystem.IsMacOS() && ExchangeOnMac(one, other, Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;                                               // a C library older than 2018
        }
    }

    /// <summary>Deletes a file; nothing happens where it is not there.</summary>
    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Deletes an empty folder.</summary>
    public virtual void DeleteFolder(string path) => Directory.Delete(path);

    /// <summary>Deletes a folder and all in it, one after the other; of a link only the link.</summary>
    public void DeleteTree(string path)
    {
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }).ToList())
        {
            if (entry is DirectoryInfo { LinkTarget: null })
                DeleteTree(entry.FullName);
            else
                Delete(entry.FullName);
        }
        DeleteFolder(path);
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ExchangeOnLinux(int oneFolder, string one, int otherFolder, string other, uint flags);

    [LibraryImport("libc", EntryPoint = "renamex_np", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ExchangeOnMac(string one, string other, uint flags);
}
