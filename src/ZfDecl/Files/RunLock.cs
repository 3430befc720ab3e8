using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>Keeps two processes out of one run: the lock beside the run's folder, <c>.{run}.lock</c>.</summary>
internal static class RunLock
{
    /// <summary>Takes a run for this process.</summary>
    /// <param name="run">Its folder.</param>
    /// <returns>The lock; whoever disposes it lets others in.</returns>
    /// <exception cref="ZfDeclException">ZF1205: another process has the run; ZF1204: the folder cannot be written.</exception>
    internal static FileLock Take(string run) => FileLock.TryTake(Path.Combine(Path.GetDirectoryName(run)!, $".{Path.GetFileName(run)}.lock"))
        ?? throw new ZfDeclException("ZF1205", $"another process is writing to '{run}' now. Wait until it ends, or choose another name with `run`", run);
}
