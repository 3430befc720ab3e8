using System.CommandLine;
using System.Diagnostics;
using ZfDecl.Fuzz;

// dotnet run -c Release --project tests/ZfDecl.Fuzz -- --count 100000 --seed 1          about 5 minutes
const int MostShown = 20;
var count = new Option<int>("--count") { Description = "How many mutated specs.", DefaultValueFactory = _ => 100_000 };
var seed = new Option<int>("--seed") { Description = "The first seed; each spec has the next.", DefaultValueFactory = _ => 1 };
var runs = new Option<int>("--runs") { Description = "How many accepted networks are run, at most.", DefaultValueFactory = _ => 2_000 };
var root = new RootCommand("Mutates specs and checks that none makes the generator throw, hang, or say nothing.") { count, seed, runs };
root.SetAction(given =>
{
    var watch = Stopwatch.StartNew();
    var shown = 0;
    var summary = new SpecFuzzer(given.GetValue(runs)).Run(given.GetValue(seed), given.GetValue(count), (done, findings) =>
    {
        Show(findings);
        Console.WriteLine($"{done,9:N0} specs, {watch.Elapsed.TotalSeconds,6:F0} s, {findings.Count} findings");
    });
    Show(summary.Findings);
    Console.WriteLine($"\n{string.Join(", ", summary.Codes.Select(code => $"{code.Key} {code.Value}×"))}");
    Console.WriteLine($"{summary.Specs:N0} specs: {summary.Accepted:N0} accepted, {summary.Compiled:N0} different networks compiled, {summary.Ran:N0} run; slowest file {summary.Slowest:F0} ms (seed {summary.SlowestSeed}); {summary.Findings.Count} findings in {watch.Elapsed.TotalSeconds:F0} s");
    return summary.Findings.Count == 0 ? 0 : 1;

    void Show(IReadOnlyList<Finding> findings)
    {
        for (; shown < Math.Min(findings.Count, MostShown); shown++)
            Console.WriteLine($"\nseed {findings[shown].Seed}: {findings[shown].What}\n{(findings[shown].Spec.Length > 3000 ? findings[shown].Spec[..3000] + "…" : findings[shown].Spec)}");
    }
});
return root.Parse(args).Invoke();
