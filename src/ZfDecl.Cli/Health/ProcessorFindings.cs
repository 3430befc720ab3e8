using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ZfDecl.Cli.Health;

/// <summary>The processor, and how it is used.</summary>
internal static class ProcessorFindings
{
    private const string CpuInformation = "/proc/cpuinfo";

    /// <summary>Its name and the processors that this process may use.</summary>
    public static Finding Processor()
    {
        var name = File.Exists(CpuInformation) ? File.ReadLines(CpuInformation).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[^1].Trim() : null;
        var count = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} for this process");
        return new("", name is null ? $"{RuntimeInformation.ProcessArchitecture}, {count}" : $"{name}, {count}");
    }

    /// <summary>How wide the vectors are that the kernels compute with.</summary>
    public static Finding Vectors()
    {
        var (used, there) = (8 * Vector<byte>.Count, Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0);
        var found = string.Create(CultureInfo.InvariantCulture, $"{used} bits of {there}");
        return used >= there ? new("", found) : new("", found, HealthState.Poor, $"normalisations and poolings run at half their speed; the targets set DOTNET_MaxVectorTBitWidth={there}, and so should a program of your own, before it starts");
    }

    /// <summary>Whether OpenMP's threads sleep while they wait, and how many there are.</summary>
    public static Finding Waiting()
    {
        var (policy, threads) = (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY"), Environment.GetEnvironmentVariable("OMP_NUM_THREADS"));
        var found = $"OMP_WAIT_POLICY={policy ?? "(not set)"}{(threads is null ? "" : $", OMP_NUM_THREADS={threads}")}";
        if (!string.Equals(policy, "passive", StringComparison.OrdinalIgnoreCase))
            return new("", found, HealthState.Poor, "threads that wait take the processor from those that load images; set OMP_WAIT_POLICY=PASSIVE before the program starts, as the targets do");
        return int.TryParse(threads, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Environment.ProcessorCount
            ? new("", found, HealthState.Poor, "not all processors are used; unset OMP_NUM_THREADS, or give the number of threads")
            : new("", found);
    }
}
