using System.Diagnostics;
using BenchmarkDotNet.Running;
using ZfDecl.Benchmarks;
using ZfDecl.Generators.Tests;

// dotnet run -c Release --project tests/ZfDecl.Benchmarks -- --filter '*'          about 3 minutes
// dotnet run -c Release --project tests/ZfDecl.Benchmarks -- first                 the first run of a process: JIT and loading included
if (args is ["first"])
{
    var (specs, project) = (Specs.Make(20), SpecDriver.Compilation());
    var watch = Stopwatch.StartNew();
    SpecDriver.Create(specs).RunGenerators(project);
    Console.WriteLine($"20 specs, first run of the process: {watch.Elapsed.TotalMilliseconds:F0} ms");
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(GeneratorBenchmarks).Assembly).Run(args);
