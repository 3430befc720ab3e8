using System.CommandLine;
using ZfDecl.Endurance;
using ZfDecl.Endurance.Faults;
using ZfDecl.Endurance.Together;

// dotnet run -c Release --project tests/ZfDecl.Endurance -- faults --done faults.txt            1,800 points, 5 minutes
// dotnet run -c Release --project tests/ZfDecl.Endurance -- together --done together.txt        136 pairs, 10 minutes
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
return new RootCommand("Tries what nobody waits for: kills, full disks, damaged files, and commands at once.") { faults, together }.Parse(args).Invoke();

Progress Progress(ParseResult given) => new(given.GetValue(done), TimeSpan.FromSeconds(given.GetValue(seconds)));
