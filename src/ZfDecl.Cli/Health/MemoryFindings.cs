namespace ZfDecl.Cli.Health;

/// <summary>The memory.</summary>
internal static class MemoryFindings
{
    private const long Small = 3_000_000_000;
    private const string Information = "/proc/meminfo";

    /// <summary>What this process may have, and what is free.</summary>
    public static Finding Memory()
    {
        var most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;        // of a container: its limit
        var available = File.Exists(Information) ? Available() : null;
        var found = $"{Examination.Bytes(most)}{(available is { } free ? $", {Examination.Bytes(free)} of the machine available" : "")}";
        var least = Math.Min(most, available ?? most);
        return least >= Small ? new("", found) : new("", found, HealthState.Poor, "enough for small networks; the paper's network wants 3 GB for a batch of 32. Close other programs, or give a smaller batch");
    }

    private static long? Available()
    {
        var line = File.ReadLines(Information).FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..] && long.TryParse(kilobytes, out var value) ? value * 1024 : null;
    }
}
