namespace ZfDecl.Cli.Health;

/// <summary>The places that commands write to.</summary>
internal static class DiskFindings
{
    private const long Little = 1_000_000_000;

    /// <summary>Whether a file can be written there, renamed and locked, as runs need it, and what is free.</summary>
    /// <param name="folder">The folder; where it is not there, the nearest one above it.</param>
    public static Finding Writable(string folder)
    {
        var there = Path.GetFullPath(folder);
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
            there = above;
        var free = new DriveInfo(there).AvailableFreeSpace;
        var found = $"{folder}: {Examination.Bytes(free)} free";
        if (Refusal(there) is { } problem)
            return new("", $"{found}; {problem}", HealthState.Ill, "make the folder writable, or name another one for the runs with -p:Artifacts=");
        return free >= Little ? new("", found) : new("", found, HealthState.Poor, "a run of the paper's network leaves 1 GB; make room, or name another folder for the runs with -p:Artifacts=");
    }

    private static string? Refusal(string folder)
    {
        var path = Path.Combine(folder, $".zfdecl-{Guid.NewGuid():N}");
        try
        {
            using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                file.WriteByte(0);
            File.Move(path, $"{path}-renamed");
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"no file can be written there ({problem.Message.Replace(path, "a file in it", StringComparison.Ordinal).TrimEnd('.')})";
        }
        finally
        {
            File.Delete(path);
            File.Delete($"{path}-renamed");
        }
    }
}
