using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ZfDecl.Networks.Kernels;

/// <summary>
/// Gives back what <see cref="NativeHeap"/> keeps in vain. The heap's largest blocks are as large as a layer's weights, and a small one that outlives its
/// neighbours leaves a gap too narrow for the next of them: where passes of different kinds follow each other, epoch by epoch, the heap gets longer, ZF-8's by
/// 100 MB an epoch. The pages of the gaps, and of those that a step fills again, go back to the system here; they are fetched again in a fraction of a second, so
/// it is done twice a minute at most.
/// </summary>
/// <param name="interval">How long it is left alone at least; half a minute where null.</param>
internal sealed partial class MallocTrim(TimeSpan? interval = null)
{
    private readonly TimeSpan interval = interval ?? TimeSpan.FromSeconds(30);
    private long before = Stopwatch.GetTimestamp();

    /// <summary>Gives the pages back if the last time was long enough ago. Without effect where the C library is not glibc.</summary>
    internal void GiveBack()
    {
        if (!OperatingSystem.IsLinux() || Stopwatch.GetElapsedTime(before) < interval)
            return;
        before = Stopwatch.GetTimestamp();
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl keeps no gaps.
        }
    }

    // <malloc.h>
    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
