using System.Diagnostics;

namespace ZfDecl.Distributed;

/// <summary>
/// The process of the launcher that has started this rank on a host of its own. Cut off from the launcher it would wait for as long as its unsent words are tried again, a quarter of an hour, and the host
/// would not be free.
/// </summary>
internal static class LauncherDaemon
{
    private static readonly string[] Names = ["orted", "prted", "hydra_pmi_proxy"];        // Open MPI 4, 5, MPICH

    /// <summary>Ends it, where this process is one of its children; for a rank that knows that the launcher's host is gone, as its last act.</summary>
    public static void End()
    {
        if (!OperatingSystem.IsLinux() || Parent() is not { } parent || !Names.Contains(NameOf(parent)))
            return;
        try
        {
            using var daemon = Process.GetProcessById(parent);
            daemon.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself, or another rank has ended it.
        }
    }

    /// <summary>The number of the process that has started this one; null where the system does not say it.</summary>
    internal static int? Parent() => Line("/proc/self/status", "PPid:") is { } text && int.TryParse(text, out var number) ? number : null;

    internal static string? NameOf(int process) => Line($"/proc/{process}/status", "Name:");

    private static string? Line(string file, string key)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..].Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
