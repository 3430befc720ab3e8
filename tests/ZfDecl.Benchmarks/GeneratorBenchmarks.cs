using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using ZfDecl.Generators.Tests;

namespace ZfDecl.Benchmarks;

/// <summary>
/// The generator in its driver, as a compiler server or an editor runs it: cold (a new driver in a warm process), and after one spec was edited.
/// Targets: 20 specs cold below 150 ms; one edit among 500 below 30 ms.
/// </summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private readonly Compilation project = SpecDriver.Compilation();
    private IReadOnlyList<(string Path, string Text)> specs = [];
    private GeneratorDriver warm = null!;
    private AdditionalText before = null!, after = null!;

    /// <summary>How many specs the project has.</summary>
    [Params(20, 500)]
    public int Count { get; set; }

    /// <summary>Makes the specs, and a driver that has seen them.</summary>
    [GlobalSetup]
    public void Setup()
    {
        specs = Specs.Make(Count);
        var edited = specs[Count / 2];
        before = new SpecDriver.SpecText(SpecDriver.Root + edited.Path, edited.Text);
        after = new SpecDriver.SpecText(SpecDriver.Root + edited.Path, Specs.Edited(edited.Text));
        warm = SpecDriver.Create(specs.Where(spec => spec != edited)).AddAdditionalTexts([before]).RunGenerators(project);
        if (warm.GetRunResult().Results.Single() is not { Exception: null, GeneratedSources: var sources } || sources.Length != (5 * Count) + 1)
            throw new InvalidOperationException("the specs of the benchmark do not compile");
    }

    /// <summary>Every spec is new.</summary>
    [Benchmark]
    public object Cold() => SpecDriver.Create(specs).RunGenerators(project);

    /// <summary>One spec has changed since the last run.</summary>
    [Benchmark]
    public object OneEdit() => warm.ReplaceAdditionalText(before, after).RunGenerators(project);
}
