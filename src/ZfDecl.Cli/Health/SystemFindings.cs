using System.Globalization;
using System.Runtime.InteropServices;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Health;

/// <summary>The operating system and .NET.</summary>
internal static class SystemFindings
{
    private static readonly string[] Tested = ["linux-x64"], Provided = ["linux-x64", "win-x64", "osx-arm64"];

    /// <summary>The system, and whether libtorch is there for it.</summary>
    public static Finding System()
    {
        var (system, name) = ($"{Family()}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}", $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.OSArchitecture}, {CultureInfo.CurrentCulture.Name switch { "" => "invariant culture", var culture => culture }}");
        return Tested.Contains(system) ? new("", name)
            : Provided.Contains(system) ? new("", name, HealthState.Poor, "it should work and has not been tested on this system; please report what does not")
            : new("", name, HealthState.Ill, $"there is no libtorch for it in NuGet; there is for {string.Join(", ", Provided)}");
    }

    /// <summary>The version of ZfDecl, of the runtime and of the SDK that has started this.</summary>
    public static Finding Runtime()
    {
        var sdk = Environment.GetEnvironmentVariable("MSBuildSDKsPath") is { Length: > 0 } path && Path.GetDirectoryName(path) is { } folder ? $", SDK {Path.GetFileName(folder)}" : "";
        return new("", $"ZfDecl {RunVersions.Current.ZfDecl}, {RuntimeInformation.FrameworkDescription}{sdk}, {RuntimeInformation.RuntimeIdentifier}");
    }

    private static string Family() => OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "other";
}
