using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>
/// Keeps two processes out of one run: the lock beside the run's folder, <c>.{run}.lock</c>. A second one, <c>.{run}.looking.lock</c>, is shared by all who look at the
/// run, so that nobody moves it aside meanwhile; a run that is being trained may be looked at.
/// </summary>
internal static class RunLock
{
    /// <summary>Takes a run for this process.</summary>
    /// <param name="run">Its folder.</param>
    /// <returns>The lock; whoever disposes it lets others in.</returns>
    /// <exception cref="ZfDeclException">ZF1205: another process has the run; ZF1204: the folder cannot be written.</exception>
    internal static FileLock Take(string run) => FileLock.TryTake(PathOf(run, "lock"))
        ?? throw new ZfDeclException("ZF1205", $"another process is writing to '{run}' now. Wait until it ends, or choose another name with `run`", run);

    /// <summary>Keeps a run where it is while somebody looks at it.</summary>
    /// <param name="run">Its folder.</param>
    /// <returns>The lock; whoever disposes it has looked.</returns>
    /// <exception cref="ZfDeclException">ZF1205: the run is being moved; ZF1204: the folder cannot be written.</exception>
    internal static FileLock Look(string run) => FileLock.TryShare(PathOf(run, "looking.lock"))
        ?? throw new ZfDeclException("ZF1205", $"another process is moving '{run}' aside now. Repeat the command", run);

    /// <summary>Takes the right to move a run.</summary>
    /// <param name="run">Its folder.</param>
    /// <returns>The lock; whoever disposes it has moved it.</returns>
    /// <exception cref="ZfDeclException">ZF1205: somebody looks at it; ZF1204: the folder cannot be written.</exception>
    internal static FileLock Move(string run) => FileLock.TryTake(PathOf(run, "looking.lock"))
        ?? throw new ZfDeclException("ZF1205", $"another command is looking at '{run}', which a new training would move aside. Wait until it ends, or choose another name with `run`", run);

    private static string PathOf(string run, string ending) => Path.Combine(Path.GetDirectoryName(run)!, $".{Path.GetFileName(run)}.{ending}");
}
