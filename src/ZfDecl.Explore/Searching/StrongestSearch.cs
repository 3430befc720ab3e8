using ZfDecl.Analyses.Visualize;
using ZfDecl.Explore.Computing;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Problems;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Explore.Searching;

/// <summary>
/// The strongest units of a layer over the images of the split: those that <c>Visualize</c> has found, where it has run on these images with these weights; else found in the background.
/// </summary>
internal sealed class StrongestSearch
{
    private const int Top = 9, MostMaps = 4;        // the projections of a deep layer are whole images

    private readonly Explored explored;
    private readonly ExploredNet net;
    private readonly Worker worker;
    private readonly LayerInfo layer;
    private readonly RecentlyUsed<int, VisualizedMap> maps = new(MostMaps);
    private volatile TopUnits? found;

    /// <param name="explored">What is looked at.</param>
    /// <param name="net">The run.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="worker">Computes.</param>
    public StrongestSearch(Explored explored, ExploredNet net, LayerInfo layer, Worker worker)
    {
        (this.explored, this.net, this.layer, this.worker) = (explored, net, layer, worker);
        Total = explored.Images.Count;
    }

    /// <summary>Images that were searched.</summary>
    public int Done { get; private set; }

    /// <summary>Images that are searched.</summary>
    public int Total { get; }

    /// <summary>Whether the units are those that <c>Visualize</c> has left.</summary>
    public bool IsOfVisualize { get; private set; }

    /// <summary>Whether it has ended.</summary>
    public bool IsOver => found is not null;

    /// <summary>Why it cannot be done; null where it can.</summary>
    public ZfDeclException? Failure { get; private set; }

    /// <summary>Searches, a part after the other, as long as nothing else is to be computed.</summary>
    public async Task Run(CancellationToken stop)
    {
        try
        {
            if (await worker.Run(Left, stop, inBackground: true).ConfigureAwait(false) is { } left)
            {
                (found, Done, IsOfVisualize) = (left, Total, true);
                return;
            }
            await SearchAll(stop).ConfigureAwait(false);
        }
        catch (ZfDeclException failure)
        {
            Failure = failure;
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
        {
            Failure = RequestErrors.NotHere("the search was ended");
        }
    }

    /// <summary>The strongest units of a map with their projections, once it <see cref="IsOver"/>.</summary>
    /// <param name="map">The map.</param>
    /// <param name="token">Says that nobody waits for them.</param>
    public Task<VisualizedMap> Of(int map, CancellationToken token) => worker.Run(() => maps.Get(map, () => Visualization(Only(map)).Project(found!).Single()), token);

    private async Task SearchAll(CancellationToken stop)
    {
        var (units, parts) = await worker.Run(() => Visualization(MapSelection.All) is var whole ? (whole.NothingFound()[0], (Total + whole.Batch - 1) / whole.Batch) : default, stop, inBackground: true).ConfigureAwait(false);
        for (var part = 1; part <= parts; part++)
        {
            var shard = new Shard(part, parts);
            units.Add(await worker.Run(() => Visualization(MapSelection.All).FindStrongest(shard)[0], stop, inBackground: true).ConfigureAwait(false));
            Done = Math.Min(Total, units.Images);
        }
        found = units;
    }

    /// <summary>What <c>Visualize</c> has left, where a unit of it shows its activation again.</summary>
    private TopUnits? Left()
    {
        try
        {
            if (UnitsTable.Read(Path.Combine(net.Source.Pictures, layer.Name, LayerPictures.UnitsFile), layer, explored.Images) is not { } units)
                return null;
            foreach (var map in Enumerable.Range(0, layer.Output.Maps).Where(map => units.Of(map).Length > 0).Take(1))
                maps.Get(map, () => Visualization(Only(map)).Project(units).Single());
            return units;
        }
        catch (ZfDeclException)
        {
            return null;        // of other weights, or damaged
        }
    }

    private FeatureVisualization Visualization(MapSelection selection)
    {
        if (!explored.Nets.Contains(net))
            throw RequestErrors.NotHere("this run is no longer looked at");
        if (net.Preprocessor.Decoded != explored.Images.Shape)
            throw RequestErrors.NotHere($"the images are decoded at {explored.Images.Shape}, and this network takes them at {net.Preprocessor.Decoded}: open it by itself to search them");
        return new(net.After(null).Network, explored.Images, net.Preprocessor, new() { Layers = [layer.Name], Top = Top, Maps = selection }, new SilentLog());
    }

    private static MapSelection Only(int map) => MapSelection.Parse(FormattableString.Invariant($"{map}"), seed: 0);
}
