using System.Text.RegularExpressions;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Runs;

/// <summary>The folder <c>checkpoints/</c> of a run: the last two states that it can go on from, and its weights as they were after some epochs.</summary>
/// <param name="path">The folder; made when something is written.</param>
internal sealed partial class CheckpointFolder(string path)
{
    private const int Kept = 2;
    private const string StateFiles = "state-*";

    private readonly List<string> names = [];                           // of the checkpoints that are kept, the newest last

    /// <summary>Whether there is a checkpoint, be it damaged.</summary>
    internal bool HasAny => Names().Count > 0;

    /// <summary>Whether there is anything of a checkpoint, be it half deleted.</summary>
    internal bool HasRemains => Directory.Exists(path) && Directory.EnumerateFiles(path, StateFiles).Any();

    /// <summary>Finds the newest checkpoint that is whole.</summary>
    /// <param name="log">Hears of each damaged one.</param>
    /// <returns>Null where there is none at all.</returns>
    /// <exception cref="ZfDeclException">ZF1211: all that are there are damaged.</exception>
    internal Checkpoint? Newest(IRunLog log)
    {
        var found = Names();
        for (var i = found.Count - 1; i >= 0; i--)
        {
            try
            {
                var checkpoint = Checkpoint.Read(path, found[i]);
                names.AddRange(found.Take(i + 1));
                return checkpoint;
            }
            catch (InvalidDataException damage)
            {
                log.Warn("ZF1210", $"this checkpoint is damaged and left out: {damage.Message}", Checkpoint.ProgressFile(path, found[i]));
            }
        }
        return found.Count == 0 ? null : throw new ZfDeclException("ZF1211",
            $"no checkpoint in '{path}' is whole, so the run cannot go on. Bring its files back from a copy, or start anew with `resume=no`: this run is then kept aside", path);
    }

    /// <summary>Writes a checkpoint; when it is complete, all but the last two are deleted.</summary>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written; the older checkpoints are as they were.</exception>
    internal void Save(TrainingProgress progress, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        Checkpoint.Write(path, progress, tensors);
        var name = Checkpoint.NameOf(progress);
        names.Remove(name);
        names.Add(name);
        names.RemoveRange(0, Math.Max(0, names.Count - Kept));
        DeleteOthers();
    }

    /// <summary>Writes the weights of a network as they are after an epoch: <c>epoch-0010.safetensors</c>.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    internal void SaveSnapshot(ConvNet network, int epoch) =>
        WeightsFile.SaveSealed(Path.Combine(path, FormattableString.Invariant($"epoch-{epoch:0000}.safetensors")), network);

    /// <summary>Deletes the checkpoints, which nobody goes on from when a run is finished; they take three times the room of its weights each.</summary>
    /// <exception cref="ZfDeclException">ZF1204: one cannot be deleted.</exception>
    internal void DeleteAll()
    {
        names.Clear();
        if (Directory.Exists(path))
            DeleteOthers();
    }

    /// <summary>Whether a file of that name holds the weights as they were after an epoch.</summary>
    internal static bool IsSnapshot(string name) => SnapshotName().IsMatch(name);

    private List<string> Names() => !Directory.Exists(path) ? [] :
        [.. Directory.EnumerateFiles(path, "state-*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => StateName().IsMatch(name))
            .OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal)];

    // The progress first: a checkpoint that is half deleted is none.
    private void DeleteOthers()
    {
        var others = Directory.EnumerateFiles(path, StateFiles).Where(file => !names.Contains(Path.GetFileNameWithoutExtension(file)));
        foreach (var file in others.OrderBy(file => !file.EndsWith(".json", StringComparison.Ordinal)).ToList())
            AtomicFile.Delete(file);
    }

    [GeneratedRegex(@"^state-\d{4,}-\d{8,}$")]
    private static partial Regex StateName();

    [GeneratedRegex(@"^epoch-\d{4,}\.safetensors$")]
    private static partial Regex SnapshotName();
}
