using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using ZfDecl.Distributed;
using ZfDecl.Distributed.Mpi;
using ZfDecl.Networks.Kernels;
using ZfDecl.Tests.Distributed;

namespace ZfDecl.Benchmarks;

/// <summary>
/// One side of a comparison by ranks: a process alone, or several that a launcher has started; of one thread each. It does a round for each line that rank 0 is given.
/// </summary>
internal sealed class RankWorker : IDisposable
{
    private readonly Process process;

    /// <param name="work">The name of the work.</param>
    /// <param name="launcher">What starts the ranks, for example <c>mpirun -n 2</c>; null for one process without MPI.</param>
    /// <param name="isApart">Whether each rank does its part of the work without a word to the others.</param>
    public RankWorker(string work, string? launcher, bool isApart = false)
    {
        string[] own = [Environment.ProcessPath!, "ranked", work, launcher is null ? "alone" : isApart ? "apart" : "together"];
        string[] words = [.. (launcher ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries), "env", "TERM=dumb", "OMP_WAIT_POLICY=PASSIVE", "DOTNET_MaxVectorTBitWidth=512", "GLIBC_TUNABLES=glibc.malloc.hugetlb=1", .. own];
        process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Answer();
    }

    /// <summary>What the ranks have done in a round: collective calls, bytes that rank 0 has sent, the processor's seconds of all ranks, and the share of the steps' time in reduction so far.</summary>
    public (double Calls, double Bytes, double Cpu, double Reduction) Last { get; private set; }

    /// <summary>Has it do one round.</summary>
    public void Round()
    {
        process.StandardInput.WriteLine();
        var values = Answer().Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray();
        Last = (values[0], values[1], values[2], values[3]);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>What the process does.</summary>
    /// <param name="work">Made in the process that does it.</param>
    /// <param name="side"><c>alone</c>, <c>apart</c> or <c>together</c>.</param>
    public static void Serve(Func<IProcessGroup, int, RankWork> work, string side)
    {
        NativeHeap.KeepFreedMemory();
        torch.set_num_threads(1);
        torch.random.manual_seed(1);
        using IProcessGroup ranks = side == "alone" ? AloneGroup.Instance : new MessageGroup(() => MpiTransport.Join(Environment.GetEnvironmentVariable), TimeSpan.FromMinutes(1));
        var metered = new MeteredGroup(side == "apart" ? AloneGroup.Instance : ranks);
        var (round, reduction) = work(metered, ranks.Size);
        if (ranks.Rank == 0)
            Console.WriteLine("ready");
        while (ranks.Broadcast([ranks.Rank == 0 && Console.ReadLine() is null ? (byte)0 : (byte)1])[0] != 0)
        {
            var (calls, bytes, cpu) = (metered.Calls, metered.Bytes, Environment.CpuUsage.TotalTime);
            round();
            double[] used = [(Environment.CpuUsage.TotalTime - cpu).TotalSeconds];
            var took = (Calls: metered.Calls - calls, Bytes: metered.Bytes - bytes);
            ranks.Sum(used);
            if (ranks.Rank == 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{took.Calls} {took.Bytes} {used[0]} {reduction()}"));
        }
    }

    private string Answer() => process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the worker has ended; its error stands above");
}

/// <summary>Work that ranks do.</summary>
/// <param name="Round">Does a round.</param>
/// <param name="Reduction">The share of the steps' time that went into summing gradients so far; 0 where there are none.</param>
internal sealed record RankWork(Action Round, Func<double> Reduction)
{
    /// <summary>Work without steps.</summary>
    public RankWork(Action round) : this(round, () => 0)
    {
    }
}
