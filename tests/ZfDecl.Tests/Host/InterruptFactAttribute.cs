using System.Globalization;

namespace ZfDecl.Tests.Host;

/// <summary>
/// A test that interrupts a process; skipped on Windows, which has no signals, and where processes are begun with SIGINT ignored, as a shell does in the
/// background.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InterruptFactAttribute : FactAttribute
{
    private const ulong Sigint = 1 << (2 - 1);

    public InterruptFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "there is no SIGINT on Windows";
        else if ((Ignored() & Sigint) != 0)
            Skip = "SIGINT is ignored here, as in what a shell starts in the background; run the tests in the foreground";
    }

    /// <summary>The mask of the signals that this process ignores and hands on; 0 where the system does not say.</summary>
    private static ulong Ignored()
    {
        const string Status = "/proc/self/status", Key = "SigIgn:";
        var mask = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) : null;
        return mask is null ? 0 : ulong.Parse(mask.AsSpan(Key.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
