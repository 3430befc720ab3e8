using System.Runtime.InteropServices;
using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>
/// Folders that are replaced as a unit: built beside their destination, then swapped with what is there. Until then, and where the building fails or is killed, the old
/// folder is whole. Several that replace one folder at once each build their own and swap one after the other; the last one's stays.
/// </summary>
internal static partial class ReplacedFolder
{
    private const string LockName = ".replacing.lock";
    private const int WorkingDirectory = -100, Exchange = 2;            // AT_FDCWD, RENAME_EXCHANGE of <fcntl.h>; RENAME_SWAP of macOS is 2 as well

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Builds a folder and puts it into its destination.</summary>
    /// <param name="folder">The destination; the folders above it are made where needed.</param>
    /// <param name="build">Fills an empty folder, whose path it is given. If it throws, the old folder stays and nothing is left behind.</param>
    /// <exception cref="ZfDeclException">ZF1204: the folder cannot be written; ZF1219: another process holds up its turn.</exception>
    public static void Write(string folder, Action<string> build)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var beside = Temporary.Beside(folder);
        try
        {
            Directory.CreateDirectory(beside);
            build(beside);
            using var turn = FileLock.Wait(Path.Combine(Path.GetDirectoryName(folder)!, LockName), Patience)
                ?? throw new ZfDeclException("ZF1219", $"another process has been replacing a folder beside '{folder}' for {Patience.TotalSeconds:0} s. End it, and repeat the command", folder);
            Swap(beside, folder);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(folder, cause);
        }
        finally
        {
            Temporary.GiveUp(beside);                                   // the old folder, once they are swapped
        }
    }

    private static void Swap(string beside, string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.Move(beside, folder);
        }
        else if (!Exchanged(beside, folder))
        {
            var old = Temporary.AsideOf(folder);                        // killed here, it is put back by whoever cleans
            Directory.Move(folder, old);
            try
            {
                Directory.Move(beside, folder);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                Directory.Move(old, folder);
                throw;
            }
            Temporary.GiveUp(old);
        }
    }

    /// <summary>Exchanges two folders in one step, so that there is one at each moment.</summary>
    /// <returns>Whether this system, and this kind of disk, can.</returns>
    private static bool Exchanged(string one, string other)
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

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ExchangeOnLinux(int oneFolder, string one, int otherFolder, string other, uint flags);

    [LibraryImport("libc", EntryPoint = "renamex_np", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ExchangeOnMac(string one, string other, uint flags);
}
