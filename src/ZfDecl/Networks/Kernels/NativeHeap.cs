using System.Runtime.InteropServices;

namespace ZfDecl.Networks.Kernels;

/// <summary>
/// The heap that libtorch's tensors live in. glibc gives the memory of every large tensor back to the system when it is freed, and the next one of its size
/// gets fresh pages, each cleared anew: a third of a training step. Kept, the same pages serve step after step.
/// </summary>
public static partial class NativeHeap
{
    // <malloc.h>
    private const int TrimThreshold = -1, MapThreshold = -3;

    /// <summary>Keeps freed memory for the next tensors, until the process ends. Without effect where the C library is not glibc.</summary>
    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetOption(MapThreshold, int.MaxValue);
            _ = SetOption(TrimThreshold, int.MaxValue);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no such options.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
