using System.ComponentModel;
using System.Diagnostics;

namespace ZfDecl.Tests.Reporting;

/// <summary>A test that asks TensorBoard's own reader, where Python has it; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TensorBoardFactAttribute : FactAttribute
{
    public TensorBoardFactAttribute()
    {
        if (!IsThere())
            Skip = "python3 has no module 'tensorboard'; apt-get install python3-tensorboard, or pip install tensorboard";
    }

    private static bool IsThere()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('tensorboard') is None)"]))!;
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
