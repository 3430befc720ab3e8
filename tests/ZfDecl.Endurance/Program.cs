using System.CommandLine;
using System.Diagnostics;
using ZfDecl.Endurance.Faults;

// dotnet run -c Release --project tests/ZfDecl.Endurance -- faults --done faults.txt
var done = new Option<FileInfo?>("--done") { Description = "A file of the points that are done: those in it are not tried again, so that the command can be stopped and goes on." };
var atMost = new Option<int>("--seconds") { Description = "After how many seconds it stops; 0 for never.", DefaultValueFactory = _ => 0 };
var faults = new Command("faults", "Kills commands, and lets their disk fail, at each operation, and repeats them.") { done, atMost };
faults.SetAction(given =>
{
    var file = given.GetValue(done)?.FullName;
    HashSet<string> before = file is not null && File.Exists(file) ? [.. File.ReadLines(file)] : [];
    var (watch, tried, wrong) = (Stopwatch.StartNew(), 0, 0);
    using var trials = new FaultTrials();
    var points = trials.All().ToList();
    foreach (var point in points.Where(point => !before.Contains(point.ToString())))
    {
        if (given.GetValue(atMost) is > 0 and var most && watch.Elapsed.TotalSeconds > most)
            break;
        var problems = trials.Try(point);
        tried++;
        wrong += problems.Count > 0 ? 1 : 0;
        foreach (var problem in problems)
            Console.WriteLine($"{point}: {problem}");
        if (file is not null && problems.Count == 0)
            File.AppendAllText(file, $"{point}\n");
        if (tried % 50 == 0)
            Console.WriteLine($"{tried,6:N0} points, {watch.Elapsed.TotalSeconds,6:F0} s, {wrong} wrong");
    }
    Console.WriteLine($"{tried:N0} of {points.Count:N0} points tried, {before.Count:N0} done before; {wrong} wrong; {watch.Elapsed.TotalSeconds:F0} s");
    return wrong == 0 ? 0 : 1;
});
return new RootCommand("Tries what nobody waits for: kills, full disks, damaged files, and commands at once.") { faults }.Parse(args).Invoke();
