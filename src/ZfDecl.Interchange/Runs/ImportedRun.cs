using System.Runtime.InteropServices;
using TorchSharp;
using ZfDecl.Data.Batching;
using ZfDecl.Files;
using ZfDecl.Generators.Emitting;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Interchange.Specs;
using ZfDecl.Interchange.Tensors;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Interchange.Runs;

/// <summary>Writes an imported network as a finished run, and its spec.</summary>
internal static class ImportedRun
{
    /// <summary>The name of the run.</summary>
    public const string Name = "imported";

    /// <summary>Whether nothing is in the way.</summary>
    /// <param name="network">The network.</param>
    /// <param name="specPath">Where its spec goes.</param>
    /// <param name="run">Where its run goes.</param>
    /// <exception cref="ZfDeclException">ZF1606: there is another spec, or a run, there.</exception>
    public static void Check(ImportedNetwork network, string specPath, string run)
    {
        if (File.Exists(specPath) && RegularFile.ReadInput(specPath, RegularFile.LargestTable) != network.Spec)
            throw new ZfDeclException("ZF1606", $"there is another spec '{specPath}', which is not written over. Choose another name with `name`, or delete it", specPath);
        if (Directory.Exists(run) && Directory.EnumerateFileSystemEntries(run).Any())
            throw new ZfDeclException("ZF1606", $"there is a run '{run}', which is not written over. Choose another name with `name`, or delete it with `runs remove={network.Name}/{Name}`", run);
    }

    /// <summary>Writes both; what is there already is left as it is.</summary>
    /// <param name="network">The network.</param>
    /// <param name="classes">The names of its classes; none where it has none.</param>
    /// <param name="labels">The file that they come from; null for none.</param>
    /// <param name="specPath">Where its spec goes.</param>
    /// <param name="run">Where its run goes.</param>
    /// <param name="command">The command that was given.</param>
    /// <exception cref="ZfDeclException">ZF1606: there is another spec, or a run, there; ZF1204: something cannot be written; ZF1205: another process has the run.</exception>
    public static void Write(ImportedNetwork network, string[] classes, string? labels, string specPath, string run, string command)
    {
        using var exclusive = RunLock.Take(run);
        Check(network, specPath, run);
        var started = DateTime.UtcNow;
        ReplacedFolder.Write(run, folder =>
        {
            var resolved = SpecPrinter.Print(network.Resolved);
            AtomicFile.WriteText(Path.Combine(folder, RunDirectory.SpecName), resolved);
            InputFile.Write(Path.Combine(folder, RunDirectory.InputName), Statistics(network));
            var weights = Path.Combine(folder, RunDirectory.WeightsName);
            WriteWeights(weights, network);
            Record(network, classes, labels, command, started, resolved, RegularFile.Sha256(weights)).Write(Path.Combine(folder, RunDirectory.RecordName));
        });
        if (!File.Exists(specPath))
            AtomicFile.WriteText(specPath, network.Spec);
    }

    private static void WriteWeights(string path, ImportedNetwork network)
    {
        var batches = network.Resolved.Network.Layers.Where(layer => layer.Operation is Operation.BatchNormalisation).Select(layer => $"{layer.Name}.num_batches_tracked")
            .Select(name => new StreamedTensor(name, torch.ScalarType.Int64, [], sink => sink(BitConverter.GetBytes(network.Batches.GetValueOrDefault(name)))));
        SafeTensorsFile.WriteStreamed(path, [.. network.Weights.Select(weights => Streamed(weights.Name, weights.Values)), .. batches]);
    }

    private static StreamedTensor Streamed(string name, TensorSource values) => new(name, torch.ScalarType.Float32, [.. values.Shape], sink => values.Read(block =>
    {
        foreach (var value in block)
            if (!float.IsFinite(value))
                throw new ZfDeclException("ZF1602", $"the weights '{name}' hold a value that is infinite or not a number, so the file is damaged, or was written by a training that failed. Export it again");
        sink(MemoryMarshal.AsBytes(block));
    }));

    private static RunRecord Record(ImportedNetwork network, string[] classes, string? labels, string command, DateTime started, string resolved, string weights) => new()
    {
        Spec = network.Name,
        SpecHash = SpecPrinter.Hash(resolved),
        Seed = 1,
        DataHash = "",
        Data = "not known: the weights were imported",
        Classes = classes,
        Settings = [.. network.Resolved.Recipe.Sections.Single(section => section.Word == PreprocessKeys.Section.Word).Settings.Select(setting => new RunSetting(setting.Key, setting.Value, "spec"))],
        Versions = RunVersions.Current,
        Machine = RunMachine.Current,
        CommandLine = command,
        Imported = new(network.Provenance.File, network.Provenance.Sha256, network.Provenance.Format, network.Provenance.Producer, network.Provenance.Licence, labels is null ? null : Path.GetFileName(labels)),
        Started = started,
        Finished = DateTime.UtcNow,
        WeightsSha256 = weights,
    };

    /// <summary>What the images of the run were prepared with, as far as the spec does not say it itself.</summary>
    private static ImageStatistics Statistics(ImportedNetwork network)
    {
        if (network.Statistics is { } stated)
            return stated;
        var image = network.Resolved.Network.Input;
        var mean = network.Preprocess.MeanImage ?? new float[image.Count];
        var plane = (int)(image.Count / image.Maps);
        return new()
        {
            Mean = mean,
            ChannelMean = [.. Enumerable.Range(0, image.Maps).Select(channel => mean.AsSpan(channel * plane, plane).ToArray().Average())],
            ChannelDeviation = new float[image.Maps],
        };
    }
}
