using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Live;

/// <summary>Which classes the feature maps of a layer answer to: the mean, over images of each class, of the largest activation of each map.</summary>
/// <param name="layer">The layer; where a relu follows, its maps are those behind it.</param>
/// <param name="classes">How many classes there are.</param>
public sealed class ClassAffinity(LayerInfo layer, int classes)
{
    private readonly double[] sums = new double[layer.Output.Maps * classes];
    private readonly int[] counts = new int[classes];

    /// <summary>The layer.</summary>
    public LayerInfo Layer => layer;

    /// <summary>Images that were looked at.</summary>
    public int Images => counts.Sum();

    /// <summary>[maps, classes]: the means; 0 for a class of which no image was looked at.</summary>
    public float[] Means => [.. sums.Select((sum, i) => (float)(sum / Math.Max(counts[i % classes], 1)))];

    /// <summary>The class with the largest mean of each map; null for a map that is never above 0.</summary>
    public IReadOnlyList<int?> Best => [.. Means.Chunk(classes).Select(row => row.Max() > 0 ? Array.IndexOf(row, row.Max()) : (int?)null)];

    /// <summary>
    /// How much each map prefers its best class: (a − b) / (a + b) of the mean a of that class and the mean b over the others (Morcos et al. 2018), 0 … 1; 0 for a map that is never above 0.
    /// </summary>
    public IReadOnlyList<double> Selectivity => [.. Means.Chunk(classes).Select(row =>
    {
        var best = Math.Max(row.Max(), 0.0);
        var rest = row.Length > 1 ? Math.Max((row.Sum(value => Math.Max(value, 0.0)) - best) / (counts.Count(count => count > 0) - 1), 0) : 0;
        return best + rest > 0 ? (best - rest) / (best + rest) : 0;
    })];

    /// <summary>Looks at images.</summary>
    /// <param name="net">The network, in evaluation mode.</param>
    /// <param name="images">The set.</param>
    /// <param name="indices">Those of its images that are looked at; one of no known class is passed over.</param>
    /// <param name="preprocessor">Makes inputs of them.</param>
    public void Add(ConvNet net, ImageSet images, IReadOnlyList<int> indices, Preprocessor preprocessor)
    {
        int[] known = [.. indices.Where(index => images.Label(index) >= 0)];
        if (known.Length == 0)
            return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var input = preprocessor.InputOf([.. known.Select(images.Read)], net.parameters().FirstOrDefault()?.device ?? CPU);
        net.ForwardWithHooks(input, new HashSet<int> { layer.Readout }, (_, maps, rows) =>
        {
            // Where the maxima of the rows are known, the maps are to be rectified yet; the largest is as large then, if it is above 0.
            var largest = maps.dim() == 2 ? maps : maps.flatten(2).amax(2);           // [N, maps]
            float[] values = [.. (rows is null ? largest : largest.clamp_min(0)).cpu().contiguous().data<float>()];
            for (var i = 0; i < values.Length; i++)
                sums[(i % layer.Output.Maps * classes) + images.Label(known[i / layer.Output.Maps])] += values[i];
        });
        foreach (var index in known)
            counts[images.Label(index)]++;
    }
}
