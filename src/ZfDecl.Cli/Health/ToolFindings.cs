using System.Globalization;
using SkiaSharp;
using ZfDecl.Distributed.Mpi;
using ZfDecl.Messages;
using ZfDecl.Report;

namespace ZfDecl.Cli.Health;

/// <summary>Other programs that some commands use.</summary>
internal static class ToolFindings
{
    private static readonly string[] Launchers = ["mpirun", "mpiexec", "srun"];

    /// <summary>What several processes would talk through, and what would start them.</summary>
    public static Finding Mpi()
    {
        const string Install = "only -p:Launch needs it: apt install openmpi-bin libopenmpi3, or mpich; on a cluster, load its module";
        string library;
        try
        {
            library = MpiLibrary.Find(StartedTasks.Of(Environment.GetEnvironmentVariable)) is var mpi ? $"{mpi.Version.Split(',', '\n')[0].Trim()} ({mpi.FileName})" : "";
        }
        catch (ZfDeclException)
        {
            return new("", "none", HealthState.Absent, Install);
        }
        string[] launchers = [.. Launchers.Where(OnPath)];
        return launchers.Length > 0 ? new("", $"{library}, {string.Join(", ", launchers)}") : new("", $"{library}, no launcher", HealthState.Absent, Install);
    }

    /// <summary>The browser that prints reports.</summary>
    public static Finding Chromium() => PrintedReport.FindChromium() switch
    {
        null => new("", "none", HealthState.Absent, "only -p:Format=pdf needs it: apt install chromium, or name one by the variable ZFDECL_CHROMIUM"),
        var program when File.Exists(program) => new("", program),
        var program => new("", $"{program}, which is not there", HealthState.Poor, "the variable ZFDECL_CHROMIUM names no file; correct or unset it"),
    };

    /// <summary>The fonts that names of classes in other scripts are drawn with.</summary>
    public static Finding Fonts()
    {
        using var fonts = SKFontManager.CreateDefault();
        var count = fonts.FontFamilyCount;
        var found = string.Create(CultureInfo.InvariantCulture, $"Open Sans inside, {count} {(count == 1 ? "family" : "families")} of the system");
        using var other = fonts.MatchCharacter('漢');
        return other is not null ? new("", found) : new("", $"{found}, none with Chinese or Japanese characters", HealthState.Absent, "only names in such scripts need one in pictures: apt install fonts-noto-cjk");
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program)));
}
