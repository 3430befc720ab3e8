namespace ZfDecl.Tests.Data;

/// <summary>A test that makes links, pipes or devices; skipped on Windows, where not everybody may.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "there are no pipes in folders on Windows, and not everybody may make links";
    }
}
