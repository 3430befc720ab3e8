using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using ZfDecl.Distributed;
using ZfDecl.Distributed.Mpi;
using ZfDecl.Networks.Kernels;

namespace ZfDecl.Benchmarks;

/// <summary>One side of a comparison by ranks: a process alone, or several that a launcher has started; of one thread each. It does a round for each line that rank 0 is given.</summary>
internal sealed class RankWorker : IDisposable
{
    private readonly Process process;

    /// <param name="work">The name of the work.</param>
    /// <param name="launcher">What starts the ranks, for example <c>mpirun -n 2</c>; null for one process without MPI.</param>
    public RankWorker(string work, string? launcher)
    {
        string[] own = [Environment.ProcessPath!, "ranked", work, launcher is null ? "alone" : "mpi"];
        string[] words = [.. (launcher ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries), "env", "TERM=dumb", "OMP_WAIT_POLICY=PASSIVE", "DOTNET_MaxVectorTBitWidth=512", "GLIBC_TUNABLES=glibc.malloc.hugetlb=1", .. own];
        process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Answer();
    }

    /// <summary>Has it do one round.</summary>
    public void Round()
    {
        process.StandardInput.WriteLine();
        Answer();
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>What the process does.</summary>
    public static void Serve(Func<IProcessGroup, Action> work, bool isAlone)
    {
        NativeHeap.KeepFreedMemory();
        torch.set_num_threads(1);
        torch.random.manual_seed(1);
        using IProcessGroup group = isAlone ? AloneGroup.Instance : new MessageGroup(() => MpiTransport.Join(Environment.GetEnvironmentVariable), TimeSpan.FromMinutes(1));
        var round = work(group);
        if (group.Rank == 0)
            Console.WriteLine("ready");
        while (group.Broadcast([group.Rank == 0 && Console.ReadLine() is null ? (byte)0 : (byte)1])[0] != 0)
        {
            var began = Stopwatch.GetTimestamp();
            round();
            if (group.Rank == 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds}"));
        }
    }

    private void Answer()
    {
        if (process.StandardOutput.ReadLine() is null)
            throw new InvalidOperationException("the worker has ended; its error stands above");
    }
}
