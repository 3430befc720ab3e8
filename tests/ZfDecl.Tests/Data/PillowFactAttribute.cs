using System.Diagnostics;

namespace ZfDecl.Tests.Data;

/// <summary>A test against Pillow, the imaging library of Python; it is skipped where there is none.</summary>
public sealed class PillowFactAttribute : FactAttribute
{
    /// <summary>The Python that has Pillow; null where none has.</summary>
    internal static string? Python { get; } = ((string[])["/usr/bin/python3", "python3"]).FirstOrDefault(HasPillow);

    /// <summary>Skips where there is no Pillow.</summary>
    public PillowFactAttribute() => Skip = Python is null ? "python3 with Pillow is not installed (Debian: apt-get install python3-pil)" : null;

    private static bool HasPillow(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import PIL"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
