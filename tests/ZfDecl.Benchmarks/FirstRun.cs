using System.Diagnostics;
using ZfDecl.Generators.Tests;

namespace ZfDecl.Benchmarks;

/// <summary>The generator's first run in a process: JIT and loading included.</summary>
internal static class FirstRun
{
    public static void Measure()
    {
        var (specs, project) = (Specs.Make(20), SpecDriver.Compilation());
        var watch = Stopwatch.StartNew();
        SpecDriver.Create(specs).RunGenerators(project);
        Console.WriteLine($"20 specs, first run of the process: {watch.Elapsed.TotalMilliseconds:F0} ms");
    }
}
