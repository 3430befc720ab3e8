using System.Diagnostics;
using System.Text.RegularExpressions;
using ZfDecl.Files;
using ZfDecl.Runs;
using ZfDecl.Studies.Comparison;
using ZfDecl.Studies.Transfer;

namespace ZfDecl.Endurance.Faults;

/// <summary>
/// Lets commands be killed, or fail, at an operation of their disk, and repeats them: the second time all must be as if nothing had happened, with nothing left behind,
/// nothing lost and nothing finished done again.
/// </summary>
public sealed partial class FaultTrials : IDisposable
{
    private readonly Workshop workshop = new();
    private readonly Dictionary<string, (int Operations, FolderState End)> undisturbed = [];
    private readonly int ended = Ended();

    /// <summary>The points of all commands: each fault at each operation, or at as many as the command says, in order.</summary>
    public IEnumerable<FaultPoint> All() => Scenario.All.SelectMany(scenario => Enum.GetValues<Fault>().SelectMany(fault =>
        Enumerable.Range(1, Undisturbed(scenario).Operations).Where(at => at % scenario.Every == (int)fault % scenario.Every).Select(at => new FaultPoint(scenario.Name, fault, at))));

    /// <summary>Tries a point.</summary>
    /// <returns>What is wrong afterwards, a sentence each.</returns>
    public IReadOnlyList<string> Try(FaultPoint point)
    {
        var scenario = Scenario.All.First(one => one.Name == point.Scenario);
        var (operations, end) = Undisturbed(scenario);
        workshop.Restore(Template(scenario));
        var before = FolderState.Of(workshop.Artifacts);
        var disk = new FaultyDisk(point.At, point.Fault);
        var (code, said) = On(disk, scenario.Verb);
        var problems = new List<string>();
        if (point.Fault != Fault.Kill && !IsTold(code, said))
            problems.Add($"it ends with {code} and no code for it: {Last(said)}");
        workshop.Abandon(ended);
        problems.AddRange(Lost(before, scenario));
        if (code == 0)
        {
            // What can be made again may be left out with a warning, and what could not be deleted is left to the next command.
            var left = FolderState.Of(workshop.Artifacts);
            var now = new FolderState(left.Files.Where(file => !file.Key.Split(Path.DirectorySeparatorChar).Any(Temporary.Is)).ToDictionary());
            problems.AddRange(end.Differences(now).Where(difference => !difference.StartsWith(".cache", StringComparison.Ordinal)).Take(5));
            return problems;
        }
        var done = Done();

        var again = new FaultyDisk(0, default);
        (code, said) = On(again, scenario.Verb);
        if (disk.Operations + again.Operations - operations is var more && more > scenario.MostAgain)
            problems.Add($"repeated, it does {more} operations more than were left");
        if (code != 0)
            problems.Add($"repeated, it ends with {code}: {Last(said)}");
        problems.AddRange(end.Differences(FolderState.Of(workshop.Artifacts)).Take(5));
        problems.AddRange(done.Where(row => !Done().Contains(row)).Select(row => $"done again: {row}").Take(2));
        return problems;
    }

    /// <summary>Deletes the images and runs.</summary>
    public void Dispose() => workshop.Dispose();

    private (int Operations, FolderState End) Undisturbed(Scenario scenario)
    {
        if (undisturbed.TryGetValue(scenario.Name, out var known))
            return known;
        if (!workshop.Has(Template(scenario)))
        {
            workshop.Clear();
            foreach (var command in scenario.Before)
                MustRun(workshop.Run(command), command);
            workshop.Keep(Template(scenario));
        }
        workshop.Restore(Template(scenario));
        var disk = new FaultyDisk(0, default);
        MustRun(On(disk, scenario.Verb), scenario.Verb);
        return undisturbed[scenario.Name] = (disk.Operations, FolderState.Of(workshop.Artifacts));
    }

    private (int Code, string Said) On(FaultyDisk disk, string[] command)
    {
        Disk.Replace(disk);
        try
        {
            return workshop.Run(command);
        }
        finally
        {
            Disk.Replace(null);
        }
    }

    /// <summary>The epochs and rows of studies that are finished, with their times, which would differ had they been done again.</summary>
    private HashSet<string> Done()
    {
        var done = new HashSet<string>();
        if (!Directory.Exists(workshop.Artifacts))
            return done;
        foreach (var path in Directory.EnumerateFiles(workshop.Artifacts, "*", SearchOption.AllDirectories))
        {
            var (folder, name) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
            if (Path.GetRelativePath(workshop.Artifacts, folder).Split(Path.DirectorySeparatorChar).Contains(Scenario.GoneAtTheEnd))
                continue;
            if (name.StartsWith("state-", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
                done.UnionWith(Checkpoint.Read(folder, Path.GetFileNameWithoutExtension(name)).Progress.Epochs.Select(epoch => epoch.ToCsv()));
            else if (name == "run.json" && RunRecord.Read(path).Finished is not null)
                done.UnionWith(MetricsFile.Read(folder)!.Select(epoch => epoch.ToCsv()));
            else if (name == "rows.json")
                done.UnionWith(StudyRows<FewShotRow>.Read(path).Values.Select(row => $"{row}"));
        }
        return done;
    }

    /// <summary>What was there before and is neither there, as it was, nor as the command leaves it.</summary>
    private IEnumerable<string> Lost(FolderState before, Scenario scenario)
    {
        var now = FolderState.Of(workshop.Artifacts);
        var end = Undisturbed(scenario).End;
        foreach (var (path, content) in before.Files)
        {
            // The report and the pictures of a layer change as a whole; between the two steps of a swap without an exchange they stand aside.
            if (!now.Files.TryGetValue(path, out var there) && end.Files.ContainsKey(path) && !now.Files.Keys.Any(other => other.Contains(".old", StringComparison.Ordinal)))
                yield return $"lost: {path}";
            else if (there is not null && there != content && there != end.Files.GetValueOrDefault(path))
                yield return $"neither old nor new: {path}";
        }
    }

    private static bool IsTold(int code, string said) => code == 0 || (code == 1 && Coded().IsMatch(said) && !said.Contains("ZF1000", StringComparison.Ordinal));

    private static void MustRun((int Code, string Said) result, string[] command)
    {
        if (result.Code != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ends with {result.Code}: {result.Said}");
    }

    private static string Template(Scenario scenario) => "before " + string.Join(", ", scenario.Before.Select(command => string.Join(' ', command).Replace('/', '-')));

    private static string Last(string said) => said.Length > 600 ? "… " + said[^600..] : said;

    private static int Ended()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["--version"]) { RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.Id;
    }

    [GeneratedRegex("error ZF1[0-9]{3}")]
    private static partial Regex Coded();
}
