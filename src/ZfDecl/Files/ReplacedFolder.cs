using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>
/// Folders that are replaced as a unit: built beside their destination, then swapped with what is there. Until then, and where the building fails or is killed, the old
/// folder is whole. Several that replace one folder at once each build their own and swap one after the other; the last one's stays.
/// </summary>
internal static class ReplacedFolder
{
    private const string LockName = ".replacing.lock";

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
            Disk.Current.CreateFolder(beside);
            build(beside);
            using var turn = Turn(folder);
            Swap(beside, folder);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotWrite(folder, cause);
        }
        finally
        {
            Temporary.GiveUp(beside);                                   // the old folder, once they are swapped
        }
    }

    /// <summary>Writes into a folder that holds others' files too, and so cannot be replaced: one process after the other, so that files that belong together are of one of them.</summary>
    /// <param name="folder">The folder; made where needed.</param>
    /// <param name="write">Writes the files into the folder, whose path it is given.</param>
    /// <exception cref="ZfDeclException">ZF1204: the folder cannot be written; ZF1219: another process holds up its turn.</exception>
    public static void WriteInto(string folder, Action<string> write)
    {
        using var turn = Turn(folder);
        write(folder);
    }

    private static FileLock Turn(string folder) => FileLock.Wait(Path.Combine(Path.GetDirectoryName(folder)!, LockName), Patience)
        ?? throw new ZfDeclException("ZF1219", $"another process has been replacing a folder beside '{folder}' for {Patience.TotalSeconds:0} s. End it, and repeat the command", folder);

    private static void Swap(string beside, string folder)
    {
        if (!Directory.Exists(folder))
        {
            Disk.Current.MoveFolder(beside, folder);
        }
        else if (!Disk.Current.TryExchange(beside, folder))
        {
            var old = Temporary.AsideOf(folder);                        // killed here, it is put back by whoever cleans
            Disk.Current.MoveFolder(folder, old);
            try
            {
                Disk.Current.MoveFolder(beside, folder);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                Disk.Current.MoveFolder(old, folder);
                throw;
            }
            Temporary.GiveUp(old);
        }
    }
}
