using System.Runtime.InteropServices;
using ZfDecl.Messages;

namespace ZfDecl.Distributed.Mpi;

/// <summary>Messages over MPI: MPI_Isend, MPI_Irecv and MPI_Test alone, so that no call waits.</summary>
public sealed unsafe class MpiTransport : ITransport
{
    private readonly MpiLibrary mpi;
    private readonly Stack<nint> free = new();                  // where requests are kept, eight bytes each

    private MpiTransport(MpiLibrary mpi)
    {
        this.mpi = mpi;
        mpi.Initialise();
        (Rank, Size, Host) = (mpi.Rank(), mpi.Size(), mpi.ProcessorName());
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public string Host { get; }

    /// <inheritdoc/>
    public string Name => mpi.Version;

    /// <summary>Joins the other ranks, on the thread that calls everything else.</summary>
    /// <param name="environment">The value of an environment variable; null where it is not set.</param>
    /// <exception cref="ZfDeclException">
    /// ZF1560: there is no library of MPI; ZF1561: what there is does not fit; ZF1562: several tasks were started, and each finds itself alone; ZF1563: a call failed.
    /// </exception>
    public static MpiTransport Join(Func<string, string?> environment)
    {
        var start = StartedTasks.Of(environment);
        if (start is { Count: > 1, IsOpenMpi: null })
            throw Alone(start, "of MPI");                       // whose library would end the process without a word that can be understood
        var transport = new MpiTransport(MpiLibrary.Find(start));
        if (transport.Size > 1 || start.Count is null or 1)
            return transport;
        transport.mpi.Finalise();
        throw Alone(start, $"in {transport.Name}");
    }

    // One of the tasks says it for all.
    private static ZfDeclException Alone(StartedTasks start, string where) => new(start.Number == 0 ? "ZF1562" : GroupFailure.Ended,
        $"{start.Variable} says that {start.Count} tasks were started, but nothing {where} connects them: the launcher and the library do not know each other. "
        + "Under Slurm name the library's way of starting with srun --mpi=pmix (Open MPI) or srun --mpi=pmi2 (MPICH; srun --mpi=list shows what there is); elsewhere take the mpirun of the same MPI");

    /// <inheritdoc/>
    public long Send(int rank, int tag, nint memory, int bytes)
    {
        var request = Request();
        mpi.Send(memory, bytes, rank, tag, (nint*)request);
        return request;
    }

    /// <inheritdoc/>
    public long Receive(int rank, int tag, nint memory, int bytes)
    {
        var request = Request();
        mpi.Receive(memory, bytes, rank, tag, (nint*)request);
        return request;
    }

    /// <inheritdoc/>
    public bool IsDone(long transfer)
    {
        if (!mpi.Test((nint*)transfer))
            return false;
        free.Push((nint)transfer);
        return true;
    }

    /// <inheritdoc/>
    public void Leave() => mpi.Finalise();

    /// <summary>Does nothing: what MPI holds ends with the process, and a rank that fails does not wait for the others.</summary>
    public void Dispose()
    {
    }

    private nint Request()
    {
        var request = free.TryPop(out var one) ? one : (nint)NativeMemory.Alloc(sizeof(long));
        *(long*)request = 0;
        return request;
    }
}
