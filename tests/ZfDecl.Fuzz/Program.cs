using System.CommandLine;
using System.Diagnostics;
using ZfDecl.Fuzz;

// dotnet run -c Release --project tests/ZfDecl.Fuzz -- --count 100000 --seed 1          about 5 minutes
var count = new Option<int>("--count") { Description = "How many mutated specs.", DefaultValueFactory = _ => 100_000 };
var seed = new Option<int>("--seed") { Description = "The first seed; each spec has the next.", DefaultValueFactory = _ => 1 };
var runs = new Option<int>("--runs") { Description = "How many accepted networks are run, at most.", DefaultValueFactory = _ => 2_000 };
var root = new RootCommand("Mutates specs and checks that none makes the generator throw, hang, or say nothing.") { count, seed, runs };
root.SetAction(given =>
{
    var watch = Stopwatch.StartNew();
    var summary = new SpecFuzzer(given.GetValue(runs)).Run(given.GetValue(seed), given.GetValue(count), (done, found) =>
        Console.WriteLine($"{done,9:N0} specs, {watch.Elapsed.TotalSeconds,6:F0} s, {found} findings"));
    foreach (var finding in summary.Findings.Take(20))
        Console.WriteLine($"\nseed {finding.Seed}: {finding.What}\n{(finding.Spec.Length > 3000 ? finding.Spec[..3000] + "…" : finding.Spec)}");
    Console.WriteLine($"\n{string.Join(", ", summary.Codes.Select(code => $"{code.Key} {code.Value}×"))}");
    Console.WriteLine($"{summary.Specs:N0} specs: {summary.Accepted:N0} accepted, {summary.Compiled:N0} different networks compiled, {summary.Ran:N0} run; slowest file {summary.Slowest:F0} ms (seed {summary.SlowestSeed}); {summary.Findings.Count} findings in {watch.Elapsed.TotalSeconds:F0} s");
    return summary.Findings.Count == 0 ? 0 : 1;
});
return root.Parse(args).Invoke();
