using System.ComponentModel;
using System.Diagnostics;

namespace ZfDecl.Explore.Serving;

/// <summary>The user's browser.</summary>
internal static class Browser
{
    /// <summary>Opens an address, where there is a browser; nothing happens where there is none.</summary>
    public static void Open(Uri address)
    {
        ProcessStartInfo start = OperatingSystem.IsWindows() ? new(address.AbsoluteUri) { UseShellExecute = true }
            : new(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address.AbsoluteUri]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("DISPLAY") is null or "" && Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is null or "")
            return;         // xdg-open would open a browser in the terminal
        try
        {
            var opened = Process.Start(start);
            if (start.RedirectStandardOutput && opened is not null)
            {
                // What it says is nobody's, and must be read, lest it waits.
                opened.BeginOutputReadLine();
                opened.BeginErrorReadLine();
            }
        }
        catch (Exception failure) when (failure is Win32Exception or FileNotFoundException or PlatformNotSupportedException)
        {
            // The address is printed.
        }
    }
}
