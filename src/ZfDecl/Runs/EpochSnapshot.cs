using System.Globalization;
using System.Text.RegularExpressions;

namespace ZfDecl.Runs;

/// <summary>The weights of a run as they were after an epoch: <c>checkpoints/epoch-0010.safetensors</c>.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="WeightsPath">The file.</param>
public sealed partial record EpochSnapshot(int Epoch, string WeightsPath)
{
    /// <summary>Those that a run has kept so far, be it finished or not.</summary>
    /// <param name="run">The folder of the run.</param>
    /// <returns>In order of the epoch.</returns>
    public static IReadOnlyList<EpochSnapshot> Of(string run)
    {
        var folder = Path.Combine(run, RunDirectory.CheckpointsName);
        return !Directory.Exists(folder) ? [] :
        [
            .. Directory.EnumerateFiles(folder, "epoch-*.safetensors")
                .Select(path => (Path: path, Name: FileName().Match(Path.GetFileName(path))))
                .Where(file => file.Name.Success)
                .Select(file => new EpochSnapshot(int.Parse(file.Name.Groups[1].ValueSpan, CultureInfo.InvariantCulture), file.Path))
                .OrderBy(snapshot => snapshot.Epoch),
        ];
    }

    [GeneratedRegex(@"^epoch-(\d{4,9})\.safetensors$")]
    private static partial Regex FileName();
}
