using System.Diagnostics;
using ZfDecl.Generators;
using ZfDecl.Generators.Emitting;
using ZfDecl.Generators.Tests;

namespace ZfDecl.Fuzz;

/// <summary>
/// Mutates specs and checks that none makes the generator throw or hang, that a rejected one has an error with a place inside of it, and that an
/// accepted one compiles without a warning, reads back equal from its resolved spec, and yields the declared shapes.
/// </summary>
/// <param name="mostRuns">How many accepted networks are run, at most.</param>
public sealed class SpecFuzzer(int mostRuns)
{
    /// <summary>What takes longer counts as hanging: many times what the slowest file takes, since other work shares the machine.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(20);

    private const int BatchSize = 100;
    private readonly SortedDictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly List<Finding> findings = [];
    private readonly HashSet<string> seen = [];
    private readonly List<(int Seed, string Text)> files = [];
    private NetworkBatch batch = new(mostRuns);
    private int accepted, compiled, ran, slowestSeed;
    private TimeSpan slowest;

    /// <summary>Checks one spec a seed.</summary>
    /// <param name="seed">The first seed.</param>
    /// <param name="count">How many seeds.</param>
    /// <param name="progress">Told the number of specs checked and the findings so far, now and then.</param>
    public FuzzSummary Run(int seed, int count, Action<int, IReadOnlyList<Finding>>? progress = null)
    {
        for (var i = 0; i < count; i++)
        {
            Check(seed + i, Spec(seed + i));
            if ((i + 1) % 1000 == 0)
                progress?.Invoke(i + 1, findings);
        }
        CompileBatch();
        Drive();
        return new(count, accepted, compiled, ran, slowest.TotalMilliseconds, slowestSeed, codes, findings);
    }

    /// <summary>The mutated spec of a seed.</summary>
    public static string Spec(int seed)
    {
        var random = new Random(seed);
        return new Mutator(random).Mutate(Corpus.Seeds[random.Next(Corpus.Seeds.Count)]);
    }

    private void Check(int seed, string text)
    {
        var watch = Stopwatch.StartNew();
        // A thread of its own: in the pool it would wait for other tests, and that is no hang.
        var compiling = Task.Factory.StartNew(() => SpecCheck.Compile(text), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        CompiledFile file;
        try
        {
            if (!compiling.Wait(Limit))
            {
                findings.Add(new(seed, $"it takes longer than {Limit.TotalSeconds} s", text));
                return;
            }
            file = compiling.Result;
        }
        catch (AggregateException e)
        {
            findings.Add(new(seed, $"reading it throws {e.InnerException}", text));
            return;
        }
        if (watch.Elapsed > slowest)
            (slowest, slowestSeed) = (watch.Elapsed, seed);

        findings.AddRange(SpecCheck.Problems(text, file).Select(what => new Finding(seed, what, text)));
        foreach (var found in file.Diagnostics)
            codes[found.Code.Id] = codes.GetValueOrDefault(found.Code.Id) + 1;
        accepted += file.Diagnostics.Any(found => found.IsError) ? 0 : 1;
        foreach (var network in file.Networks.Where(network => seen.Add(SpecPrinter.Hash(SpecPrinter.Print(network.Spec)))))
            batch.Add(seed, text, network.Spec, network.Map);
        files.Add((seed, text));
        if (batch.Count >= BatchSize)
            CompileBatch();
        if (files.Count >= BatchSize)
            Drive();
    }

    private void CompileBatch()
    {
        findings.AddRange(batch.Check());
        (compiled, ran) = (compiled + batch.Count, ran + batch.Ran);
        batch = new(mostRuns - ran);
    }

    /// <summary>Gives many files to the generator at once, as a project with all of them would: names collide, and bases are missing.</summary>
    private void Drive()
    {
        if (files.Count == 0)
            return;
        var driver = SpecDriver.Create([.. Corpus.Shipped, .. files.Select(file => ($"specs/fuzz{file.Seed}.yaml", file.Text))]).RunGenerators(SpecDriver.Compilation());
        if (driver.GetRunResult().Results.Single().Exception is { } thrown)
            findings.Add(new(files[0].Seed, $"the generator throws on the files of this seed and the {files.Count - 1} after it: {thrown}", files[0].Text));
        files.Clear();
    }
}
