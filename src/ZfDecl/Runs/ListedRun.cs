using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Runs;

/// <summary>A run as it lies on disk, whether or not it can be opened.</summary>
/// <param name="Name">The name of its network and its own, <c>Fashion/default</c>.</param>
/// <param name="Path">Its folder.</param>
/// <param name="Record">What its <c>run.json</c> says; null where that cannot be read.</param>
/// <param name="Problem">Why it cannot be read; null where it can.</param>
/// <param name="Bytes">How much its files take.</param>
internal sealed record ListedRun(string Name, string Path, RunRecord? Record, string? Problem, long Bytes)
{
    /// <summary>All runs of a folder of artifacts, the oldest first, those without a readable record at the end.</summary>
    /// <param name="artifacts">The folder; none where it is not there.</param>
    public static IReadOnlyList<ListedRun> In(string artifacts) => !Directory.Exists(artifacts) ? [] :
    [
        .. from spec in Directory.EnumerateDirectories(artifacts)
           from run in Directory.EnumerateDirectories(spec)
           where File.Exists(System.IO.Path.Combine(run, RunDirectory.RecordName))
           let listed = Of($"{System.IO.Path.GetFileName(spec)}/{System.IO.Path.GetFileName(run)}", run)
           orderby listed.Record?.Started ?? DateTime.MaxValue, listed.Name
           select listed,
    ];

    /// <summary>Deletes the run from disk.</summary>
    /// <exception cref="ZfDeclException">ZF1205: another process is writing to it; ZF1204: it cannot be deleted.</exception>
    public void Remove()
    {
        using var exclusive = RunLock.Take(Path);
        AtomicFile.DeleteFolder(Path);
    }

    private static ListedRun Of(string name, string path)
    {
        var bytes = new DirectoryInfo(path).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(file => file.Length);
        try
        {
            return new(name, path, RunRecord.Read(System.IO.Path.Combine(path, RunDirectory.RecordName)), null, bytes);
        }
        catch (ZfDeclException problem)
        {
            return new(name, path, null, problem.Code, bytes);
        }
    }
}
