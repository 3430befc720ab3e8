using System.Diagnostics;
using System.Globalization;
using ZfDecl.Generators.Tests;
using ZfDecl.Tests;

namespace ZfDecl.Benchmarks;

/// <summary>The generator over all specs of the repository: a new driver in a warm process, as a compiler server has it, and in a process that has just begun. Target: below 200 ms warm.</summary>
internal static class ShippedSpecs
{
    private const int Rounds = 41;

    public static void Measure()
    {
        var folder = Repository.PathOf("specs");
        (string Path, string Text)[] specs = [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(file => ($"specs/{Path.GetFileName(file)}", File.ReadAllText(file)))];
        var project = SpecDriver.Compilation();
        double[] times = [.. Enumerable.Range(0, Rounds).Select(_ => Once())];
        var warm = times[(Rounds / 2)..].Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{specs.Length} specs: the first time in this process {times[0]:F0} ms; median of {warm.Length} further times {warm[warm.Length / 2]:F1} ms ({warm[0]:F1} … {warm[^1]:F1})"));

        double Once()
        {
            var watch = Stopwatch.StartNew();
            var result = SpecDriver.Create(specs).RunGenerators(project).GetRunResult().Results.Single();
            var time = watch.Elapsed.TotalMilliseconds;
            return result is { Exception: null, GeneratedSources.Length: > 0, Diagnostics.Length: 0 } ? time : throw new InvalidOperationException("the shipped specs do not compile");
        }
    }
}
