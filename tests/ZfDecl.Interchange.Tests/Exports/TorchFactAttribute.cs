using System.ComponentModel;
using System.Diagnostics;

namespace ZfDecl.Interchange.Tests.Exports;

/// <summary>A test that asks PyTorch; skipped where no Python has it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Python = new(() => Array.Find(["python3", "/usr/bin/python3"], HasTorch));

    public TorchFactAttribute() => Skip = Python.Value is null ? "python3 has no torch: apt-get install python3-torch, or pip install torch" : null;

    /// <summary>Runs a program of Python in a folder.</summary>
    public static void Run(string folder, string program)
    {
        File.WriteAllText(Path.Combine(folder, "program.py"), program);
        var start = new ProcessStartInfo(Python.Value!, ["program.py"]) { WorkingDirectory = folder, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var python = Process.Start(start)!;
        var said = python.StandardError.ReadToEnd();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, said);
    }

    private static bool HasTorch(string python)
    {
        try
        {
            using var asked = Process.Start(new ProcessStartInfo(python, ["-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)"]) { RedirectStandardError = true })!;
            asked.WaitForExit();
            return asked.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
