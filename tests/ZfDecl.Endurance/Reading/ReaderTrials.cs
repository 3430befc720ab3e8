using ZfDecl.Endurance.Faults;
using ZfDecl.Messages;

namespace ZfDecl.Endurance.Reading;

/// <summary>
/// Reads changed files: each is read, or refused with a code, within 2 s and 1 GB; nothing is accepted that its seal tells, and nothing is written anywhere.
/// </summary>
public sealed class ReaderTrials : IDisposable
{
    private const long MostBytes = 1L << 30;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly Workshop workshop = new();
    private readonly DirectoryInfo sandbox = Directory.CreateTempSubdirectory("zfdecl-reading-");
    private readonly IReadOnlyList<ReadFile> files;

    /// <summary>Makes the files.</summary>
    public ReaderTrials() => files = ReadFiles.Make(workshop);

    /// <summary>How many kinds of files there are.</summary>
    public int Kinds => files.Count;

    /// <summary>How many changed files were refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Changes and reads a file.</summary>
    /// <returns>What is wrong, a sentence each.</returns>
    public IReadOnlyList<string> Try(int seed)
    {
        var random = new Random(seed);
        var file = files[random.Next(files.Count)];
        var changed = new Mutation(random).Of(file.Whole);
        var path = Path.Combine(sandbox.FullName, "run", file.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, changed);
        var problems = new List<string>();
        // Time of the processor: on a machine that others use, waiting says nothing. What waits for ever is the watchdog's.
        var (began, allocated) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
        using (Watchdog(file, seed))
        {
            try
            {
                file.Read(path);
                if (file.IsSealed is { } isSealed && !changed.AsSpan().SequenceEqual(file.Whole) && isSealed(path))
                    problems.Add("is accepted although its seal tells that it was changed");
            }
            catch (ZfDeclException refusal) when (refusal.Code != "ZF1000")
            {
                Refused++;
            }
#pragma warning disable CA1031 // That nothing else is thrown is what is tried.
            catch (Exception other)
#pragma warning restore CA1031
            {
                problems.Add($"throws {other}");
            }
        }
        if (Environment.CpuUsage.TotalTime - began is var took && took > Longest)
            problems.Add($"takes {took.TotalSeconds:0.0} s");
        if (GC.GetAllocatedBytesForCurrentThread() - allocated is > MostBytes and var bytes)
            problems.Add($"takes {bytes >> 20} MB");
        File.Delete(path);
        if (Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!) is { Length: > 0 } left)
        {
            problems.Add($"leaves {string.Join(", ", left)}");
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
        if (sandbox.GetFileSystemInfos().Length > 1)
            problems.Add("writes outside of its folder");
        return [.. problems.Select(problem => $"{file.Name} {problem}")];
    }

    /// <summary>Deletes the files.</summary>
    public void Dispose()
    {
        workshop.Dispose();
        sandbox.Delete(recursive: true);
    }

    // What hangs would say nothing otherwise.
    private static Timer Watchdog(ReadFile file, int seed) => new(_ => Environment.FailFast($"seed {seed}: {file.Name} has been read for a minute"), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
}
