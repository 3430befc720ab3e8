using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using ZfDecl.Networks.Kernels;

namespace ZfDecl.Benchmarks;

/// <summary>
/// One side of a comparison in a process of its own, set up as its user has it: the plain loop as <c>dotnet run</c> starts it, ZfDecl as its targets do. Or both
/// as the targets do, so that only the code differs. Both live at the same time and take turns.
/// </summary>
internal sealed class Worker : IDisposable
{
    // As in ZfDecl.Verbs.targets.
    private static readonly (string Name, string Value)[] Variables =
        [("OMP_WAIT_POLICY", "PASSIVE"), ("DOTNET_MaxVectorTBitWidth", "512"), ("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1")];

    private readonly Process process;

    /// <param name="work">The name of the work, which the process looks up.</param>
    /// <param name="isPlain">Whether it is the plain side.</param>
    /// <param name="isAsInTargets">Whether the process is set up as the targets do it: variables, and freed memory kept.</param>
    /// <param name="program">Another build of this program; this one where null.</param>
    public Worker(string work, bool isPlain, bool isAsInTargets, string? program = null)
    {
        var start = new ProcessStartInfo(program ?? Environment.ProcessPath!, ["worker", work, isPlain ? "plain" : "own", isAsInTargets ? "targets" : "defaults"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in isAsInTargets ? Variables : [])
            start.Environment[name] = value;
        process = Process.Start(start)!;
        Answer();
    }

    /// <summary>Measures in a process that is set up as the targets do it: in this one where it is, else in another one that is started as this one was.</summary>
    public static void AsInTargets(Action measure)
    {
        if (Variables.All(variable => Environment.GetEnvironmentVariable(variable.Name) == variable.Value))
        {
            NativeHeap.KeepFreedMemory();
            measure();
            return;
        }
        var start = new ProcessStartInfo(Environment.ProcessPath!, Environment.GetCommandLineArgs().Skip(1));
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.WaitForExit();
    }

    /// <summary>Has it do one round.</summary>
    /// <returns>The wall-clock time of the round, in seconds, as the process measured it.</returns>
    public double Round()
    {
        process.StandardInput.WriteLine();
        return double.Parse(Answer(), CultureInfo.InvariantCulture);
    }

    /// <summary>The processor time that it has taken so far, of all its threads. Less than wall-clock time a thread where it waits, for the disk for example.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory that it has had so far, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>What the process does: a round for each line that it is given.</summary>
    public static void Serve(Func<bool, Action> work, bool isPlain, bool isAsInTargets)
    {
        if (isAsInTargets)
            NativeHeap.KeepFreedMemory();
        torch.random.manual_seed(1);
        var round = work(isPlain);
        Console.WriteLine("ready");
        while (Console.ReadLine() is not null)
        {
            var began = Stopwatch.GetTimestamp();
            round();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds}"));
        }
    }

    private string Answer() =>
        process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the worker has ended; its error stands above");
}
