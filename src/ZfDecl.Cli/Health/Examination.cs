using System.Globalization;

namespace ZfDecl.Cli.Health;

/// <summary>Looks at this machine, one thing after the other. What goes wrong on the way is a finding as well.</summary>
internal static class Examination
{
    /// <summary>Everything that commands need or could use.</summary>
    /// <param name="artifacts">The folder of the runs.</param>
    public static IReadOnlyList<Finding> Of(string artifacts) =>
    [
        Look("system", SystemFindings.System),
        Look(".NET", SystemFindings.Runtime),
        Look("libtorch", TorchFindings.Library),
        Look("older Linux", TorchFindings.StandardLibrary),
        Look("processor", ProcessorFindings.Processor),
        Look("vectors", ProcessorFindings.Vectors),
        Look("waiting threads", ProcessorFindings.Waiting),
        Look("memory", MemoryFindings.Memory),
        Look("disk of the runs", () => DiskFindings.Writable(artifacts)),
        Look("disk for temporary files", () => DiskFindings.Writable(Path.GetTempPath())),
        Look("CUDA", TorchFindings.Cuda),
        Look("MPI", ToolFindings.Mpi),
        Look("Chromium", ToolFindings.Chromium),
        Look("fonts", ToolFindings.Fonts),
    ];

    /// <summary>A number of bytes as people read it.</summary>
    internal static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB");

    private static Finding Look(string subject, Func<Finding> look)
    {
        try
        {
            return look() with { Subject = subject };
        }
#pragma warning disable CA1031 // Whatever is wrong with a machine, the rest of it is still looked at.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return new(subject, $"could not be looked at: {problem.GetBaseException().Message.ReplaceLineEndings(" ")}", HealthState.Poor);
        }
    }
}
