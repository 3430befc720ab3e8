namespace ZfDecl.Tests.Data;

/// <summary>A theory about what Windows does otherwise.</summary>
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "not on Windows";
    }
}
