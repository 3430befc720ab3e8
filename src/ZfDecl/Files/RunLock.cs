using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>
/// Keeps two processes out of one run: a file beside the run's folder, <c>.{run}.lock</c>, held open. The system lets go of it when its process ends,
/// however it ends, so a file that is left over blocks nobody; it is never deleted, because somebody may be opening it.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream file;

    private RunLock(FileStream file) => this.file = file;

    /// <exception cref="ZfDeclException">ZF1205: another process has the run; ZF1204: the folder cannot be written.</exception>
    internal static RunLock Take(string run)
    {
        var path = Path.Combine(Path.GetDirectoryName(run)!, $".{Path.GetFileName(run)}.lock");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(run)!);
            return new(new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException cause) when (IsHeld(cause))
        {
            throw new ZfDeclException("ZF1205", $"another process is writing to '{run}' now. Wait until it ends, or choose another name with `run`", run, cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(path, cause);
        }
    }

    public void Dispose() => file.Dispose();

    // EWOULDBLOCK is 11 on Linux and 35 on macOS; ERROR_SHARING_VIOLATION is 32 on Windows.
    private static bool IsHeld(IOException error) => (error.HResult & 0xFFFF) is var code
        && code == (OperatingSystem.IsWindows() ? 32 : OperatingSystem.IsMacOS() ? 35 : 11);
}
