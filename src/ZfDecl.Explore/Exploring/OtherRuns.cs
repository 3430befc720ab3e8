using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Explore.Exploring;

/// <summary>A run that may be opened beside the first.</summary>
/// <param name="Spec">Its network.</param>
/// <param name="Run">Its name.</param>
internal sealed record OtherRun(string Spec, string Run);

/// <summary>The runs that may be opened beside the first: all that take images of as many channels.</summary>
/// <param name="context">What the user has set.</param>
/// <param name="first">The run that is looked at.</param>
internal sealed class OtherRuns(RunContext context, TrainedRun first)
{
    private readonly string artifacts = context.Artifacts();        // asked once: settings note who has asked, and requests ask at once

    /// <summary>All of them as they are on disk now.</summary>
    public IReadOnlyList<OtherRun> All =>
    [
        .. context.Networks.All.OrderBy(entry => entry.Info.Name != first.Entry.Info.Name).ThenBy(entry => entry.Info.Name, StringComparer.Ordinal).SelectMany(Of),
    ];

    /// <summary>Opens one.</summary>
    /// <returns>The run; the caller disposes it.</returns>
    public ExploredNet Open(OtherRun other)
    {
        var beside = context with { Settings = context.Settings.For(other.Spec, other.Run) };
        var source = TrainedRun.Choose(beside);
        return new(source.Run is null ? ReadyNetwork.WithData(beside, source) : ReadyNetwork.Open(beside, source));
    }

    private IEnumerable<OtherRun> Of(NetworkEntry entry)
    {
        var (spec, folder) = (entry.Info.Name, Path.Combine(artifacts, entry.Info.Name));
        var trained = Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Where(RunDirectory.HasWeights).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        var shipped = RunDirectory.HasWeights(context.ShippedWeights(spec)) ? [RunNames.Shipped] : Array.Empty<string>();
        var untrained = spec == first.Entry.Info.Name ? [RunNames.Untrained] : Array.Empty<string>();
        return entry.Info.Input.Maps == first.Entry.Info.Input.Maps
            ? trained.Concat(shipped).Concat(untrained).Distinct().Where(run => spec != first.Entry.Info.Name || run != first.Name).Select(run => new OtherRun(spec, run))
            : [];
    }
}
