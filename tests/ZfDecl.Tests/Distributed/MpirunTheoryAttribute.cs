namespace ZfDecl.Tests.Distributed;

/// <summary>A test with real ranks; skipped where a launcher is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MpirunTheoryAttribute : TheoryAttribute
{
    public MpirunTheoryAttribute()
    {
        if (!Launchers.Any(IsThere))
            Skip = $"none of {string.Join(", ", Launchers)} is installed: apt-get install openmpi-bin mpich";
    }

    /// <summary>The launchers that Debian has beside each other.</summary>
    public static IReadOnlyList<string> Launchers { get; } = ["mpirun.openmpi", "mpirun.mpich"];

    /// <summary>Whether a program lies in a folder of PATH.</summary>
    public static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
