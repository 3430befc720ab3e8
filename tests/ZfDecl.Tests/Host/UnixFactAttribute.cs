namespace ZfDecl.Tests.Host;

/// <summary>A test that sends a process a signal; skipped on Windows, which has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "there is no SIGINT on Windows";
    }
}
