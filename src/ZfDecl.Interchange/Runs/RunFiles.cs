using System.Runtime.InteropServices;
using TorchSharp;
using ZfDecl.Data.Batching;
using ZfDecl.Files;
using ZfDecl.Interchange.Tensors;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Interchange.Runs;

/// <summary>The files of a run that nobody has trained here.</summary>
internal static class RunFiles
{
    /// <summary>Writes them, all or none.</summary>
    /// <param name="run">The folder of the run.</param>
    /// <param name="spec">The resolved spec.</param>
    /// <param name="statistics">What its images are prepared with.</param>
    /// <param name="weights">Its weights, block by block.</param>
    /// <param name="batches">How many minibatches each batch normalisation has seen.</param>
    /// <param name="record">Its record, given the SHA-256 of the weights.</param>
    /// <exception cref="ZfDeclException">ZF1602: a weight is no number; ZF1204: something cannot be written.</exception>
    public static void Write(string run, string spec, ImageStatistics statistics, IEnumerable<(string Name, TensorSource Values)> weights, IReadOnlyDictionary<string, long> batches, Func<string, RunRecord> record) => ReplacedFolder.Write(run, folder =>
    {
        AtomicFile.WriteText(Path.Combine(folder, RunDirectory.SpecName), spec);
        InputFile.Write(Path.Combine(folder, RunDirectory.InputName), statistics);
        var path = Path.Combine(folder, RunDirectory.WeightsName);
        SafeTensorsFile.WriteStreamed(path, [.. weights.Select(weight => Streamed(weight.Name, weight.Values)),
            .. batches.Select(seen => new StreamedTensor(seen.Key, torch.ScalarType.Int64, [], sink => sink(BitConverter.GetBytes(seen.Value))))]);
        record(RegularFile.Sha256(path)).Write(Path.Combine(folder, RunDirectory.RecordName));
    });

    private static StreamedTensor Streamed(string name, TensorSource values) => new(name, torch.ScalarType.Float32, [.. values.Shape], sink => values.Read(block =>
    {
        foreach (var value in block)
            if (!float.IsFinite(value))
                throw new ZfDeclException("ZF1602", $"the weights '{name}' hold a value that is infinite or not a number, so the file is damaged, or was written by a training that failed. Export it again");
        sink(MemoryMarshal.AsBytes(block));
    }));
}
