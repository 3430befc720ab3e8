using System.Globalization;
using System.Runtime.InteropServices;
using ZfDecl.Networks.Kernels;

namespace ZfDecl.Tests.Networks;

[Collection(Alone.Name)]
public unsafe class HeapGapsTests
{
    // Below 128 KiB glibc takes a block from the heap and not from the system.
    private const int Block = 64 << 10, Blocks = 4000;

    [LinuxFact]
    public void ThePagesBetweenBlocksThatLiveGoBackToTheSystem()
    {
        new MallocTrim(TimeSpan.Zero).GiveBack();                         // what others have left
        var blocks = Enumerable.Range(0, Blocks).Select(_ => (nint)NativeMemory.Alloc(Block)).ToList();
        foreach (var block in blocks)
            NativeMemory.Fill((void*)block, Block, 1);
        var lasting = blocks.Where((_, i) => i % 50 == 0).ToHashSet();
        foreach (var block in blocks.Where(block => !lasting.Contains(block)))
            NativeMemory.Free((void*)block);
        var kept = Resident();

        new MallocTrim().GiveBack();                                      // made a moment ago: too early
        Assert.InRange(kept - Resident(), -20, 20);
        new MallocTrim(TimeSpan.Zero).GiveBack();

        Assert.InRange(kept - Resident(), 150, 300);                    // of 245 MB
        foreach (var block in lasting)
            NativeMemory.Free((void*)block);
    }

    /// <returns>Megabytes of the process that are in memory and in no file.</returns>
    private static long Resident() =>
        long.Parse(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("RssAnon:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1000;

    private sealed class LinuxFactAttribute : FactAttribute
    {
        public LinuxFactAttribute()
        {
            if (!OperatingSystem.IsLinux())
                Skip = "the heap is glibc's";
        }
    }
}
