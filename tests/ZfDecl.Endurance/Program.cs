using System.CommandLine;
using System.Diagnostics;
using ZfDecl.Endurance;
using ZfDecl.Endurance.Exploring;
using ZfDecl.Endurance.Faults;
using ZfDecl.Endurance.FullSize;
using ZfDecl.Endurance.Reading;
using ZfDecl.Endurance.Together;

// dotnet run -c Release --project tests/ZfDecl.Endurance -- faults --done faults.txt            1,800 points, 5 minutes
// dotnet run -c Release --project tests/ZfDecl.Endurance -- together --done together.txt        136 pairs, 10 minutes
// dotnet run -c Release --project tests/ZfDecl.Endurance -- full-size                           20 networks, 10 minutes
// dotnet run -c Release --project tests/ZfDecl.Endurance -- reading                             1,000,000 files
// dotnet run -c Release --project tests/ZfDecl.Endurance -- explore                             10,000 hostile requests, 2 minutes
// dotnet run -c Release --project tests/ZfDecl.Endurance -- explore --use 60                    an hour of use
var done = new Option<FileInfo?>("--done") { Description = "A file of what is done: what is in it is not tried again, so that the command can be stopped and goes on." };
var seconds = new Option<int>("--seconds") { Description = "After how many seconds it stops.", DefaultValueFactory = _ => int.MaxValue };
var faults = new Command("faults", "Kills commands, and lets their disk fail, at each operation, and repeats them.") { done, seconds };
faults.SetAction(given =>
{
    using var trials = new FaultTrials();
    return Progress(given).Through([.. trials.All()], point => $"{point}", trials.Try) ? 0 : 1;
});
var together = new Command("together", "Runs each verb twice at once, and each pair of verbs at once.") { done, seconds };
together.SetAction(given =>
{
    using var trials = new VerbsAtOnce();
    return Progress(given).Through([.. VerbsAtOnce.Pairs], VerbsAtOnce.NameOf, trials.Try) ? 0 : 1;
});
var first = new Option<int>("--seed") { Description = "The first seed; each changed file has the next.", DefaultValueFactory = _ => 1 };
var count = new Option<int>("--count") { Description = "How many changed files.", DefaultValueFactory = _ => 1_000_000 };
var reading = new Command("reading", "Reads files whose bytes or structure were changed.") { first, count, seconds };
reading.SetAction(given =>
{
    using var trials = new ReaderTrials();
    var (seed, wrong, watch) = (given.GetValue(first), 0, Stopwatch.StartNew());
    var end = seed + given.GetValue(count);
    for (; seed < end && watch.Elapsed.TotalSeconds < given.GetValue(seconds); seed++)
    {
        var problems = trials.Try(seed);
        wrong += problems.Count;
        foreach (var problem in problems)
            Console.WriteLine($"seed {seed}: {problem}");
        if (seed % 20_000 == 0)
            Console.WriteLine($"{seed,9:N0}, {watch.Elapsed.TotalSeconds,6:F0} s, {wrong} wrong, {trials.Refused:N0} refused");
    }
    Console.WriteLine($"up to seed {seed - 1:N0} of {trials.Kinds} kinds of files: {trials.Refused:N0} refused, {wrong} wrong; {watch.Elapsed.TotalSeconds:F0} s; goes on with --seed {seed}");
    return wrong == 0 ? 0 : 1;
});
var only = new Option<string?>("--only") { Description = "One network, in this process." };
var fullSize = new Command("full-size", "Runs the networks at the size of their specs: passes, sheets, an occlusion; each within 8 GB.") { only, done, seconds };
fullSize.SetAction(given =>
{
    if (given.GetValue(only) is not { } name)
        return Progress(given).Through(FullSizeTrials.Names, trial => trial, FullSizeTrials.TryApart) ? 0 : 1;
    var watch = Stopwatch.StartNew();
    string[] problems = [.. FullSizeTrials.Try(name, maps: 32, stride: 16), .. FullSizeTrials.PeakMemory > FullSizeTrials.MostMemory ? (string[])["it takes too much memory"] : []];
    Console.WriteLine($"{string.Concat(problems.Select(problem => $"{problem}; "))}{name,-20} {watch.Elapsed.TotalSeconds,5:F0} s, at most {FullSizeTrials.PeakMemory / 1e9:F1} GB");
    return problems.Length;
});
var hostile = new Option<int>("--requests") { Description = "How many hostile requests.", DefaultValueFactory = _ => 10_000 };
var minutes = new Option<double?>("--use") { Description = "Uses it for so many minutes instead, and watches its memory." };
var root = new Option<DirectoryInfo>("--root") { Description = "The folder of the repository.", DefaultValueFactory = _ => new(Environment.CurrentDirectory) };
var explore = new Command("explore", "Sends the explorer what no page sends, 50 at a time; or uses it for an hour.") { hostile, first, minutes, root, seconds };
explore.SetAction(async given =>
{
    var folder = given.GetRequiredValue(root).FullName;
    var well = given.GetValue(minutes) is { } use ? await ExploreTrials.Use(folder, TimeSpan.FromMinutes(use)) : await ExploreTrials.Hostile(folder, given.GetValue(first), given.GetValue(hostile), TimeSpan.FromSeconds(given.GetValue(seconds)));
    return well ? 0 : 1;
});
return new RootCommand("Tries what nobody waits for: kills, full disks, damaged files, hostile requests, commands at once, and networks at their full size.") { faults, together, reading, fullSize, explore }.Parse(args).Invoke();

Progress Progress(ParseResult given) => new(given.GetValue(done), TimeSpan.FromSeconds(given.GetValue(seconds)));
