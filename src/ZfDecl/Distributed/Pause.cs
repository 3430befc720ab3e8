using System.Runtime.InteropServices;

namespace ZfDecl.Distributed;

/// <summary>
/// Waits longer the longer there is nothing. A thread that spins or yields takes a core from the computation, and on a busy machine each yield costs it a turn of everybody else, while one that sleeps is
/// woken in time. <see cref="Thread.Sleep(TimeSpan)"/> is no help: it yields for what is shorter than a millisecond.
/// </summary>
internal partial struct Pause
{
    private const int Spins = 40, ShortSleeps = 100, LongerSleeps = 200;
    private const uint Short = 40, Longer = 200, Longest = 1000;            // microseconds
    private const int BetweenLooks = 16;

    private int rounds;

    /// <summary>Whether it is time to look after something else.</summary>
    internal readonly bool IsDue => rounds > Spins && (rounds - Spins) % BetweenLooks == 0;

    /// <summary>Waits.</summary>
    internal void Once()
    {
        rounds++;
        if (rounds < Spins)
            Thread.SpinWait(10);
        else
            Sleep(rounds < Spins + ShortSleeps ? Short : rounds < Spins + ShortSleeps + LongerSleeps ? Longer : Longest);
    }

    private static void Sleep(uint microseconds)
    {
        if (OperatingSystem.IsWindows())
            Thread.Sleep(1);
        else
            _ = SleepMicroseconds(microseconds);
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SleepMicroseconds(uint microseconds);
}
