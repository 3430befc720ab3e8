using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Data.Batching;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Training;

namespace ZfDecl.Cli.Training;

/// <summary>What a training begins with instead of new weights: those of a run, or of a file.</summary>
/// <param name="Name">The run, as <c>Fashion/default</c>, or the file.</param>
/// <param name="WeightsPath">The file of the weights.</param>
/// <param name="Run">The run; null for a file.</param>
internal sealed record StartOfTraining(string Name, string WeightsPath, FinishedRun? Run)
{
    /// <summary>What the user names; null for new weights.</summary>
    /// <param name="context">Train's.</param>
    /// <param name="info">The network that is trained.</param>
    /// <exception cref="ZfDeclException">ZF1207: there is no such run; ZF1002: no such network; ZF1406: it is the run that is trained.</exception>
    public static StartOfTraining? Choose(RunContext context, NetworkInfo info)
    {
        if (!context.Settings.IsGiven(SettingTable.Start))
            return null;
        var given = context.Settings.Value(SettingTable.Start, "");
        if (File.Exists(given))
            return new(context.Portable(Path.GetFullPath(given)), File.ResolveLinkTarget(given, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(given), null);
        var slash = given.IndexOf('/', StringComparison.Ordinal);
        var (spec, run) = slash < 0 ? (info.Name, given) : (given[..slash], given[(slash + 1)..]);
        if (spec.Length > 0)
            spec = context.Networks.Find(spec, "Start").Info.Name;
        var source = TrainedRun.Choose(context with { Settings = context.Settings.For(spec.Length > 0 ? spec : info.Name, run) });
        if (source.Run is not { } finished)
            return null;                    // untrained: new weights
        if (source.Entry.Info.Name == info.Name && run == context.RunName())
            throw new ZfDeclException("ZF1406", $"`start={given}`: run '{run}' cannot begin with itself; name the new run with `run=…`");
        return new($"{source.Entry.Info.Name}/{source.Name}", finished.WeightsPath, finished);
    }

    /// <summary>The names of the classes that the scores of the run tell apart; null for a file.</summary>
    public IReadOnlyList<string>? Classes => Run?.Record.Classes;

    /// <summary>What images are preprocessed with, so that the weights see them as they did; null where that is not known, or of images of another shape.</summary>
    public ImageStatistics? StatisticsFor(FeatureShape input) => Run?.Statistics is { } known && known.Mean.Length == input.Count && known.ChannelMean.Length == input.Maps ? known : null;

    /// <summary>The weights, with the class scores where the classes are the run's.</summary>
    /// <param name="classes">The names of the classes of the new run, in order.</param>
    public StartingWeights WeightsFor(IReadOnlyList<string> classes) => new(WeightsPath, Classes?.SequenceEqual(classes) == true);

    /// <summary>What the new run's record keeps.</summary>
    /// <param name="weights">As of <see cref="WeightsFor"/>.</param>
    /// <param name="network">The network that is trained.</param>
    /// <exception cref="ZfDeclException">ZF1405: the weights do not fit the network.</exception>
    public RunParent ParentOf(StartingWeights weights, ConvNet network) => new(Name, weights.Hash(), Run?.Record.Result?.Best?.Epoch, weights.NewLayers(network));
}
