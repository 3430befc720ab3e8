using ZfDecl.Data.Batching;
using ZfDecl.Files;
using ZfDecl.Generators.Emitting;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Interchange.Specs;
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
        CheckSpec(network, specPath);
        if (Directory.Exists(run) && Directory.EnumerateFileSystemEntries(run).Any())
            throw new ZfDeclException("ZF1606", $"there is a run '{run}', which is not written over. Choose another name with `name`, or delete it with `runs remove={network.Name}/{Name}`", run);
    }

    /// <summary>Writes the spec alone, of a network whose weights are not known.</summary>
    /// <exception cref="ZfDeclException">ZF1606: there is another spec; ZF1204: it cannot be written.</exception>
    public static void WriteSpec(ImportedNetwork network, string specPath)
    {
        CheckSpec(network, specPath);
        if (!File.Exists(specPath))
            AtomicFile.WriteText(specPath, network.Spec);
    }

    private static void CheckSpec(ImportedNetwork network, string specPath)
    {
        if (File.Exists(specPath) && RegularFile.ReadInput(specPath, RegularFile.LargestTable) != network.Spec)
            throw new ZfDeclException("ZF1606", $"there is another spec '{specPath}', which is not written over. Choose another name with `name`, or delete it", specPath);
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
        var resolved = SpecPrinter.Print(network.Resolved);
        var batches = network.Resolved.Network.Layers.Where(layer => layer.Operation is Operation.BatchNormalisation).Select(layer => $"{layer.Name}.num_batches_tracked");
        RunFiles.Write(run, resolved, Statistics(network), network.Weights, batches.ToDictionary(name => name, name => network.Batches.GetValueOrDefault(name)),
            weights => Record(network, classes, labels, command, started, resolved, weights));
        WriteSpec(network, specPath);
    }

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
