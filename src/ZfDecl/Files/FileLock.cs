using System.Diagnostics;
using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>
/// Lets one process in at a time: a file that is held open. The system lets go of it when its process ends, however it ends, so a file that is left over blocks
/// nobody; it is never deleted, because somebody may be opening it.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream file;

    private FileLock(FileStream file) => this.file = file;

    /// <param name="path">The file; made where it is not there, with its folder.</param>
    /// <returns>The lock, held until it is disposed; null where another process, or another part of this one, has it.</returns>
    /// <exception cref="ZfDeclException">ZF1204: the folder cannot be written.</exception>
    public static FileLock? TryTake(string path) => TryOpen(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Lets in all who ask so, and keeps out <see cref="TryTake"/>.</summary>
    /// <inheritdoc cref="TryTake"/>
    public static FileLock? TryShare(string path) => TryOpen(path, FileAccess.Read, FileShare.Read);

    private static FileLock? TryOpen(string path, FileAccess access, FileShare share)
    {
        try
        {
            Disk.Current.CreateFolder(Path.GetDirectoryName(path)!);
            return new(Disk.Current.OpenLock(path, access, share));
        }
        catch (IOException cause) when (IsHeld(cause))
        {
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotWrite(path, cause);
        }
    }

    /// <summary>Waits for its turn.</summary>
    /// <param name="path">As in <see cref="TryTake"/>.</param>
    /// <param name="atMost">How long.</param>
    /// <returns>The lock; null where it has not been let go of in that time.</returns>
    /// <exception cref="ZfDeclException">ZF1204: the folder cannot be written.</exception>
    public static FileLock? Wait(string path, TimeSpan atMost)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } taken)
                return taken;
            if (Stopwatch.GetElapsedTime(begun) > atMost)
                return null;
            Thread.Sleep(Pause);
        }
    }

    /// <summary>Lets the next one in.</summary>
    public void Dispose() => file.Dispose();

    // EWOULDBLOCK is 11 on Linux and 35 on macOS; ERROR_SHARING_VIOLATION is 32 on Windows.
    private static bool IsHeld(IOException error) => (error.HResult & 0xFFFF) is var code
        && code == (OperatingSystem.IsWindows() ? 32 : OperatingSystem.IsMacOS() ? 35 : 11);
}
