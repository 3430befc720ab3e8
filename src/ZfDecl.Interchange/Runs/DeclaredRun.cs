using ZfDecl.Data.Batching;
using ZfDecl.Files;
using ZfDecl.Interchange.Tensors;
using ZfDecl.Interchange.Weights;
using ZfDecl.Interchange.Weights.Matching;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Interchange.Runs;

/// <summary>Weights of a file for a network that is declared already, on their way to a finished run.</summary>
internal sealed record DeclaredRun
{
    private const string Counter = ".num_batches_tracked";

    private IReadOnlyDictionary<string, long> batches = new Dictionary<string, long>();

    /// <summary>The network, as it is declared.</summary>
    public required NetworkInfo Info { get; init; }

    /// <summary>The number of classes that the weights tell apart.</summary>
    public required int Classes { get; init; }

    /// <summary>Which weights of the file are which of the network; each of the network has some.</summary>
    public required WeightsMatch Match { get; init; }

    /// <summary>Finds the weights of a network in a file.</summary>
    /// <param name="entry">The network.</param>
    /// <param name="content">The file's content.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="ZfDeclException">ZF1536: they are not those of the network, with all that does not fit.</exception>
    public static DeclaredRun Find(NetworkEntry entry, WeightsContent content, string path)
    {
        var declared = Of(entry, content, entry.Info.Classes);
        if (declared.IsUsable)
            return declared;
        // The classifier may have been trained for another number of classes.
        var others = content.Tensors.Where(tensor => tensor.Values.Shape.Count is 2 or 4).Select(tensor => tensor.Values.Shape[0]).Reverse().Take(3).Distinct().Where(count => count is >= 2 and <= 65536 && count != entry.Info.Classes);
        var other = entry.Info.Classes == 0 ? null : others.Select(count => Of(entry, content, (int)count)).FirstOrDefault(found => found.IsUsable);
        return other ?? throw new ZfDeclException("ZF1536", $"'{path}' ({content.Format}) does not hold the weights of '{entry.Info.Name}' with {entry.Info.Classes} classes: {declared.Match.Matched.Count} of its tensors were found {declared.Match.Manner}.\n  {string.Join("\n  ", Differences(declared.Match))}\nImport the weights for the spec that they were trained with, or change the spec", path);
    }

    /// <summary>Writes the run.</summary>
    /// <param name="run">Where it goes.</param>
    /// <param name="statistics">What its images are prepared with.</param>
    /// <param name="classes">The names of its classes.</param>
    /// <param name="settings">What its images are prepared with, as records keep it.</param>
    /// <param name="source">Where the weights come from; which tensor each is is added.</param>
    /// <param name="command">The command that was given.</param>
    /// <exception cref="ZfDeclException">ZF1606: there is a run there; ZF1535: the file is damaged; ZF1602: a weight is no number; ZF1204: something cannot be written; ZF1205: another process has the run.</exception>
    public void Write(string run, ImageStatistics statistics, IReadOnlyList<string> classes, IReadOnlyList<RunSetting> settings, ImportRecord source, string command)
    {
        using var exclusive = RunLock.Take(run);
        CheckFree(run);
        var started = DateTime.UtcNow;
        try
        {
            RunFiles.Write(run, Info.ResolvedSpec, statistics, Match.Matched.Select(weight => (weight.Name, weight.Values)), batches, weights => new()
            {
                Spec = Info.Name,
                SpecHash = Info.SpecHash,
                Seed = 1,
                DataHash = "",
                Data = "not known: the weights were imported",
                Classes = classes,
                Settings = settings,
                Versions = RunVersions.Current,
                Machine = RunMachine.Current,
                CommandLine = command,
                Imported = source with { Weights = Match.Matched.ToDictionary(weight => weight.Name, weight => weight.Source) },
                Started = started,
                Finished = DateTime.UtcNow,
                WeightsSha256 = weights,
            });
        }
        catch (Exception cause) when (cause is InvalidDataException or EndOfStreamException)
        {
            throw WeightsReading.Damaged(source.File, cause);
        }
    }

    /// <summary>Whether nothing is in the way.</summary>
    /// <exception cref="ZfDeclException">ZF1606: there is a run.</exception>
    public static void CheckFree(string run)
    {
        if (Directory.Exists(run) && Directory.EnumerateFileSystemEntries(run).Any())
            throw new ZfDeclException("ZF1606", $"there is a run '{run}', which is not written over. Choose another name with `run`, or delete it with `runs remove={Path.GetFileName(Path.GetDirectoryName(run))}/{Path.GetFileName(run)}`", run);
    }

    /// <summary>Whether the network is whole. What is left over must at least have been told apart by name.</summary>
    private bool IsUsable => Match.Missing.Count == 0 && (Match.Unused.Count == 0 || Match.Manner == "by name");

    private static DeclaredRun Of(NetworkEntry entry, WeightsContent content, int classes)
    {
        using var network = entry.Create(classes);
        var state = network.state_dict();
        NamedTensor[] wanted = [.. state.Where(tensor => tensor.Value.is_floating_point()).Select(tensor => new NamedTensor(tensor.Key, new FilledTensor(0, tensor.Value.shape)))];
        var match = WeightsMatch.Of(wanted, [.. content.Tensors.Where(tensor => tensor.Name is not (PreparedImages.Mean or PreparedImages.Std))]);
        return new() { Info = entry.Info, Classes = classes, Match = match, batches = state.Keys.Where(name => name.EndsWith(Counter, StringComparison.Ordinal)).ToDictionary(name => name, name => Batches(match, content, name)) };
    }

    /// <summary>How many minibatches a normalisation has seen, where the file says so.</summary>
    private static long Batches(WeightsMatch match, WeightsContent content, string name)
    {
        var source = match.Matched.FirstOrDefault(weight => weight.Name == name[..^Counter.Length] + ".running_mean")?.Source;
        var counter = source is null ? null : content.Tensors.FirstOrDefault(tensor => tensor.Values.Count == 1 && tensor.Name == source[..Math.Max(0, source.LastIndexOf('.'))] + Counter);
        return counter is null || !(counter.Values.ToArray()[0] is >= 0 and < 1L << 53 and var count) ? 0 : (long)count;
    }

    private static IEnumerable<string> Differences(WeightsMatch match) =>
    [
        .. match.Missing.SelectMany(group => group.Tensors.Values).Select(tensor => $"not found: {Text(tensor)}"),
        .. match.Unused.SelectMany(group => group.Tensors.Values).Select(tensor => $"left over: {Text(tensor)}"),
    ];

    private static string Text(NamedTensor tensor) => $"{tensor.Name} [{string.Join(", ", tensor.Values.Shape)}]";
}
