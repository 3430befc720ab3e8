using System.Runtime.InteropServices;
using System.Text;
using ZfDecl.Messages;

namespace ZfDecl.Distributed.Mpi;

/// <summary>
/// The library of MPI of this machine, found when it is asked for. What a handle is differs: in MPI 5's binary interface it is a number, in Open MPI the address of an exported variable, in MPICH
/// another number.
/// </summary>
internal sealed unsafe partial class MpiLibrary
{
    private const int LongestVersion = 8192, FunneledThreads = 1;

    // The first is MPI 5's one interface, of whatever make; then Open MPI 4 and 5, MPICH 4 and what is compatible with it.
    private static readonly string[] Names = OperatingSystem.IsMacOS()
        ? ["libmpi_abi.dylib", "libmpi.40.dylib", "libmpi.12.dylib"]
        : ["libmpi_abi.so.0", "libmpi_abi.so", "libmpi.so.40", "libmpi.so.12", "libmpich.so.12"];

    private readonly delegate* unmanaged<int*, nint*, int, int*, int> initialise;
    private readonly delegate* unmanaged<int> finalise;
    private readonly delegate* unmanaged<nint, int*, int> rank, size;
    private readonly delegate* unmanaged<byte*, int*, int> processorName;
    private readonly delegate* unmanaged<nint, int, nint, int, int, nint, nint*, int> send, receive;
    private readonly delegate* unmanaged<nint*, int*, byte*, int> test;
    private readonly delegate* unmanaged<int, byte*, int*, int> errorText;

    private readonly delegate* unmanaged<nint, nint, int> setErrorHandler;
    private readonly nint world, bytes, errorsReturn;           // the last lets a call return what went wrong; 0 where the library ends the process

    private MpiLibrary(nint library, string name, string version)
    {
        (FileName, Version) = (name, version);
        initialise = (delegate* unmanaged<int*, nint*, int, int*, int>)Function(library, "MPI_Init_thread");
        finalise = (delegate* unmanaged<int>)Function(library, "MPI_Finalize");
        rank = (delegate* unmanaged<nint, int*, int>)Function(library, "MPI_Comm_rank");
        size = (delegate* unmanaged<nint, int*, int>)Function(library, "MPI_Comm_size");
        processorName = (delegate* unmanaged<byte*, int*, int>)Function(library, "MPI_Get_processor_name");
        send = (delegate* unmanaged<nint, int, nint, int, int, nint, nint*, int>)Function(library, "MPI_Isend");
        receive = (delegate* unmanaged<nint, int, nint, int, int, nint, nint*, int>)Function(library, "MPI_Irecv");
        test = (delegate* unmanaged<nint*, int*, byte*, int>)Function(library, "MPI_Test");
        errorText = (delegate* unmanaged<int, byte*, int*, int>)Function(library, "MPI_Error_string");
        setErrorHandler = (delegate* unmanaged<nint, nint, int>)Function(library, "MPI_Comm_set_errhandler");
        if (name.Contains("_abi", StringComparison.Ordinal))
            (world, bytes) = (0x101, 0x247);
        else if (IsOpenMpi)
            (world, bytes, errorsReturn) = (Function(library, "ompi_mpi_comm_world"), Function(library, "ompi_mpi_byte"), Function(library, "ompi_mpi_errors_return"));
        else
            (world, bytes, errorsReturn) = (0x44000000, 0x4c00010d, 0x54000001);
    }

    /// <summary>The name that the library was found by.</summary>
    internal string FileName { get; }

    /// <summary>What the library says it is, for example <c>Open MPI v4.1.4</c>.</summary>
    internal string Version { get; }

    private bool IsOpenMpi => Version.StartsWith("Open MPI", StringComparison.Ordinal);

    /// <summary>Finds the library that fits what has started this process; where nothing says which, the first there is.</summary>
    /// <param name="start">What has started it.</param>
    /// <exception cref="ZfDeclException">ZF1560: there is none; ZF1561: what is there lacks something.</exception>
    internal static MpiLibrary Find(StartedTasks start)
    {
        LeaveSignalsToTheRuntime();
        List<MpiLibrary> found = [];
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library) && Open(library, name) is { } mpi)
                found.Add(mpi);
        }
        if (found.Count == 0)
        {
            throw new ZfDeclException("ZF1560", $"`launch`: no library of MPI is found ({string.Join(", ", Names)}). Install one, for example with `apt install openmpi-bin libopenmpi3` or `apt install mpich`, "
                + "load the cluster's module, or name its folder in LD_LIBRARY_PATH; without `launch` none is needed");
        }
        return found.Find(mpi => start.IsOpenMpi == mpi.IsOpenMpi) ?? found[0];
    }

    /// <summary>
    /// UCX, which a library of MPI may bring along, takes the signals of a division by zero and of a null pointer, which are exceptions to .NET, for crashes of its own, and ends the process; unless
    /// it is told to leave them, before it is loaded. Whoever has set the variable is obeyed.
    /// </summary>
    private static void LeaveSignalsToTheRuntime()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetVariable("UCX_ERROR_SIGNALS", "", 0);        // .NET's own variables are not those that native code sees
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrites);

    /// <summary>Joins the world, on the thread that calls everything else.</summary>
    internal void Initialise()
    {
        int provided;
        Check(initialise(null, null, FunneledThreads, &provided), "MPI_Init_thread");
        if (errorsReturn != 0)
            Check(setErrorHandler(world, errorsReturn), "MPI_Comm_set_errhandler");
    }

    /// <summary>Leaves the world; all ranks do.</summary>
    internal void Finalise() => Check(finalise(), "MPI_Finalize");

    /// <summary>The number of this process.</summary>
    internal int Rank()
    {
        int value;
        Check(rank(world, &value), "MPI_Comm_rank");
        return value;
    }

    /// <summary>The number of processes.</summary>
    internal int Size()
    {
        int value;
        Check(size(world, &value), "MPI_Comm_size");
        return value;
    }

    /// <summary>The name of this host.</summary>
    internal string ProcessorName()
    {
        var name = stackalloc byte[1024];
        int length;
        Check(processorName(name, &length), "MPI_Get_processor_name");
        return Encoding.UTF8.GetString(name, length);
    }

    /// <summary>Begins to send bytes; the request is kept in eight bytes.</summary>
    internal void Send(nint memory, int count, int to, int tag, nint* request) => Check(send(memory, count, bytes, to, tag, world, request), "MPI_Isend");

    /// <summary>Begins to receive bytes.</summary>
    internal void Receive(nint memory, int count, int from, int tag, nint* request) => Check(receive(memory, count, bytes, from, tag, world, request), "MPI_Irecv");

    /// <summary>Whether a request is done.</summary>
    internal bool Test(nint* request)
    {
        var status = stackalloc byte[128];                      // larger than any library's
        int done;
        Check(test(request, &done, status), "MPI_Test");
        return done != 0;
    }

    private void Check(int code, string call)
    {
        if (code == 0)
            return;
        var text = stackalloc byte[1024];
        int length;
        var said = errorText(code, text, &length) == 0 ? Encoding.UTF8.GetString(text, length) : "no word of why";
        throw new ZfDeclException("ZF1563", $"{call} of {Version} failed with code {code}: {said}. A rank may have died; the same command goes on from the last checkpoint");
    }

    private static MpiLibrary? Open(nint library, string name)
    {
        if (!NativeLibrary.TryGetExport(library, "MPI_Get_library_version", out var address))
            return null;                                        // older than MPI 3
        var text = (byte*)NativeMemory.AllocZeroed(LongestVersion);
        try
        {
            int length;
            if (((delegate* unmanaged<byte*, int*, int>)address)(text, &length) != 0)
                return null;
            var words = Encoding.UTF8.GetString(text, Math.Clamp(length, 0, LongestVersion)).TrimEnd('\0');
            return new(library, name, words.Split(',', '\n')[0].Replace("Version:", "", StringComparison.Ordinal).Replace('\t', ' ').Trim());
        }
        finally
        {
            NativeMemory.Free(text);
        }
    }

    private nint Function(nint library, string name) => NativeLibrary.TryGetExport(library, name, out var address) ? address
        : throw new ZfDeclException("ZF1561", $"{FileName} ({Version}) has no {name}, so it is no library of MPI that fits: what fits is MPI 5's libmpi_abi, Open MPI 4 or 5, and MPICH 4. Name the folder of one of them in LD_LIBRARY_PATH");
}
