using System.Diagnostics;

namespace ZfDecl.Tests.Data;

/// <summary>Makes what .NET cannot, such as files whose names are not UTF-8.</summary>
internal static class Shell
{
    /// <summary>Runs a command of the shell to its end.</summary>
    public static void Run(string command)
    {
        using var shell = Process.Start("sh", ["-c", command]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
