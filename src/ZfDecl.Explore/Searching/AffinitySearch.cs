using ZfDecl.Analyses.Live;
using ZfDecl.Explore.Computing;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Problems;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Explore.Searching;

/// <summary>Which classes the maps of a layer answer to, found in the background on some images of each class.</summary>
internal sealed class AffinitySearch
{
    private const int MostOfAClass = 40, MostImages = 1000, AtOnce = 16;

    private readonly Explored explored;
    private readonly ExploredNet net;
    private readonly Worker worker;
    private readonly ClassAffinity affinity;
    private readonly int[] indices;

    /// <param name="explored">What is looked at.</param>
    /// <param name="net">The run; it tells classes apart.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="worker">Computes.</param>
    public AffinitySearch(Explored explored, ExploredNet net, LayerInfo layer, Worker worker)
    {
        (this.explored, this.net, this.worker, affinity) = (explored, net, worker, new(layer, net.Classes.Count));
        var images = explored.Images;
        // Of each class in turn, so that what is found so far is of all of them.
        indices = [.. Enumerable.Range(0, images.Count).Where(index => images.Label(index) >= 0 && images.Label(index) < net.Classes.Count).GroupBy(images.Label)
            .SelectMany(group => group.Take(MostOfAClass).Select((index, round) => (index, round))).OrderBy(one => one.round).Take(MostImages).Select(one => one.index)];
    }

    /// <summary>Images that were looked at.</summary>
    public int Done { get; private set; }

    /// <summary>Images that are looked at.</summary>
    public int Total => indices.Length;

    /// <summary>What was found; null until it is over.</summary>
    public ClassAffinity? Found => IsOver ? affinity : null;

    /// <summary>Why it cannot be done; null where it can.</summary>
    public ZfDeclException? Failure { get; private set; }

    private bool IsOver => Done == Total;

    /// <summary>Looks at the images, a few after the other, as long as nothing else is to be computed.</summary>
    public async Task Run(CancellationToken stop)
    {
        try
        {
            foreach (var some in indices.Chunk(AtOnce))
                Done += await worker.Run(() => Add(some), stop, inBackground: true).ConfigureAwait(false);
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

    private int Add(int[] some)
    {
        if (!explored.Nets.Contains(net))
            throw RequestErrors.NotHere("this run is no longer looked at");
        if (net.Preprocessor.Decoded != explored.Images.Shape)
            throw RequestErrors.NotHere($"the images are decoded at {explored.Images.Shape}, and this network takes them at {net.Preprocessor.Decoded}");
        affinity.Add(net.After(null).Network, explored.Images, some, net.Preprocessor);
        return some.Length;
    }
}
