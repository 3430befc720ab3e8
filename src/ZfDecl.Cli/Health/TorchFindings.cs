using System.Globalization;
using System.Runtime.InteropServices;
using ZfDecl.Build;
using static TorchSharp.torch;

namespace ZfDecl.Cli.Health;

/// <summary>libtorch: whether it computes, and on what.</summary>
internal static class TorchFindings
{
    private const string Native = "libLibTorchSharp.so", Provider = "libstdc++.so.6";
    private static readonly string[] SystemFolders = ["/usr/lib", "/usr/lib64", "/lib64"];

    /// <summary>Whether it loads, and a product comes out right.</summary>
    public static Finding Library()
    {
        var managed = typeof(Tensor).Assembly.GetName().Version?.ToString(3);
        try
        {
            using var scope = NewDisposeScope();
            var product = ones(2, 3).mm(ones(3, 2)).sum().item<float>();
            var found = string.Create(CultureInfo.InvariantCulture, $"{__version__}, TorchSharp {managed}, {get_num_threads()} threads");
            return product == 12 ? new("", found) : new("", $"{found}; a product of ones came to {product}", HealthState.Ill, "libtorch computes wrongly here; please report it with these lines");
        }
        catch (Exception problem) when (problem is TypeInitializationException or DllNotFoundException or NotSupportedException or EntryPointNotFoundException)
        {
            return new("", $"TorchSharp {managed} does not load it: {problem.GetBaseException().Message.ReplaceLineEndings(" ")}", HealthState.Ill, OperatingSystem.IsWindows()
                ? "install the Visual C++ redistributable, and build again (dotnet build --no-incremental)"
                : "delete the folders bin and obj and build again; where that does not help, compare the line on older Linux systems, and report these lines");
        }
    }

    /// <summary>Whether TorchSharp's library fits the standard library of C++ here; the build mends a copy of it where that is older.</summary>
    public static Finding StandardLibrary()
    {
        if (!OperatingSystem.IsLinux())
            return new("", "not needed on this system");
        var managed = Path.GetDirectoryName(typeof(Tensor).Assembly.Location)!;         // the user's project's where this program is a package's
        string[] folders = [managed, Path.Combine(managed, "runtimes", RuntimeInformation.RuntimeIdentifier, "native")];
        if (Beside(folders) is not { } library || StandardLibraries().FirstOrDefault() is not { } provider)
            return new("", "the libraries are where only the system's loader finds them");
        var verdict = ElfVersionNeeds.WeakenMissing(File.ReadAllBytes(library), Provider, File.ReadAllBytes(provider));
        var version = Path.GetFileName(new FileInfo(provider).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? provider);
        return verdict.Weakened.Count + verdict.Bound.Count == 0
            ? new("", $"TorchSharp's library fits {version}")
            : new("", $"{version} has no {string.Join(", ", verdict.Weakened.Concat(verdict.Bound))}, which TorchSharp's library asks for", HealthState.Ill, "build with ZfDecl's targets, which mend a copy of it, or install a newer libstdc++");
    }

    private static string? Beside(string[] folders) => folders.Select(folder => Path.Combine(folder, Native)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> StandardLibraries() => SystemFolders.Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateDirectories(folder, "*-linux-gnu").Prepend(folder)).Select(folder => Path.Combine(folder, Provider)).Where(File.Exists);

    /// <summary>Whether there is a GPU that this build can use.</summary>
    public static Finding Cuda()
    {
        if (cuda.is_available())
            return new("", string.Create(CultureInfo.InvariantCulture, $"{cuda.device_count()} {(cuda.device_count() == 1 ? "device" : "devices")}; -p:Device=cuda uses it"));
        return File.Exists("/proc/driver/nvidia/version")
            ? new("", "a driver, but this build has no CUDA", HealthState.Poor, "build with -p:TorchBackend=cuda, then give -p:Device=cuda")
            : new("", "none", HealthState.Absent, "nothing; with an NVIDIA GPU and its driver, -p:TorchBackend=cuda -p:Device=cuda uses it");
    }
}
