using ZfDecl.Files;
using ZfDecl.Messages;
using static TorchSharp.torch;

namespace ZfDecl.Runs;

/// <summary>
/// A state that a training can go on from: <c>{name}.safetensors</c> and, written after it, <c>{name}.json</c> with that file's hash. Both are there and
/// belong together, or it does not count.
/// </summary>
/// <param name="Name">The name of its files, which sorts by time: epochs finished, then steps of the next one.</param>
/// <param name="TensorsPath">The file of its tensors, found whole.</param>
/// <param name="Progress">How far the training had come.</param>
public sealed record Checkpoint(string Name, string TensorsPath, TrainingProgress Progress)
{
    private sealed record Content(string TensorsSha256, TrainingProgress Progress) : IRecord
    {
        public static RecordKind Kind { get; } = new("ZF1210", "this is not the progress of a training", "Bring it back from a copy");

        public IEnumerable<string> Problems() => Progress.Fault() is { } fault ? [fault] : [];
    }

    /// <summary>Reads its tensors.</summary>
    /// <returns>Contiguous tensors on the CPU, by name; the caller disposes them.</returns>
    /// <exception cref="ZfDeclException">ZF1201: the file is malformed; ZF1202: it cannot be read.</exception>
    public IReadOnlyDictionary<string, Tensor> ReadTensors() => SafeTensorsFile.Read(TensorsPath);

    internal static string NameOf(TrainingProgress progress) =>
        FormattableString.Invariant($"state-{progress.Epochs.Count:0000}-{progress.Partial?.Steps ?? 0:00000000}");

    internal static string TensorsFile(string folder, string name) => Path.Combine(folder, name + ".safetensors");

    internal static string ProgressFile(string folder, string name) => Path.Combine(folder, name + ".json");

    internal static void Write(string folder, TrainingProgress progress, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var name = NameOf(progress);
        var tensorsPath = TensorsFile(folder, name);
        SafeTensorsFile.Write(tensorsPath, tensors);
        RecordJson.Write(ProgressFile(folder, name), new Content(RegularFile.Sha256(tensorsPath), progress));
    }

    /// <exception cref="InvalidDataException">It is damaged or incomplete; the message says in which way.</exception>
    /// <exception cref="ZfDeclException">ZF1221: a newer version made it.</exception>
    internal static Checkpoint Read(string folder, string name)
    {
        var tensorsPath = TensorsFile(folder, name);
        try
        {
            var content = RecordJson.Read<Content>(ProgressFile(folder, name));
            if (RegularFile.Sha256(tensorsPath) != content.TensorsSha256)
                throw new InvalidDataException($"the content of {name}.safetensors is not what was written");
            return new(name, tensorsPath, content.Progress);
        }
        catch (Exception cause) when (cause is ZfDeclException { Code: not RecordJson.Newer } or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(cause.Message, cause);
        }
    }
}
