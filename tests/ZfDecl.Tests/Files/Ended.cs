using System.Diagnostics;

namespace ZfDecl.Tests.Files;

/// <summary>A process that has ended.</summary>
internal static class Ended
{
    /// <summary>The number of a process that is no more.</summary>
    public static int Process { get; } = Run();

    private static int Run()
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo("dotnet", ["--version"]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.Id;
    }
}
