using System.ComponentModel;
using System.Diagnostics;

namespace ZfDecl.Tests.Reporting;

/// <summary>A test that asks Python; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute() : this("sys", "there is no python3; apt-get install python3")
    {
    }

    /// <param name="module">A module that it must have.</param>
    /// <param name="otherwise">Why the test is skipped, and what helps.</param>
    protected PythonFactAttribute(string module, string otherwise)
    {
        if (!Has(module))
            Skip = otherwise;
    }

    private static bool Has(string module)
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", $"import importlib.util, sys; sys.exit(importlib.util.find_spec('{module}') is None)"]))!;
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
