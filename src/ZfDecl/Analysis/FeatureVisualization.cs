using System.Runtime.InteropServices;
using ZfDecl.Data;
using ZfDecl.Deconvolution;
using ZfDecl.Networks;
using ZfDecl.Runs;
using static TorchSharp.torch;

namespace ZfDecl.Analysis;

/// <summary>
/// What excites the feature maps of a network, after Zeiler &amp; Fergus 2014, §4: <see cref="FindStrongest"/> searches all images for the strongest units
/// of each map, <see cref="Project(TopUnits)"/> takes each of these units alone down to pixel space and cuts out what it sees.
/// </summary>
/// <remarks>It neither changes nor owns the network, the images or the preprocessor. It is not thread-safe.</remarks>
public sealed class FeatureVisualization
{
    private const long ActivationBudget = 256L << 20;   // bytes of one recording
    private const long PictureBudget = 128L << 20;      // bytes of the projections and patches that are made in one go

    private readonly ConvNet net;
    private readonly ImageSet images;
    private readonly Preprocessor preprocessor;
    private readonly IRunLog log;
    private readonly Device device;

    /// <param name="net">The network, with the weights it is to be seen with.</param>
    /// <param name="images">The images that are searched.</param>
    /// <param name="preprocessor">Makes the network's inputs of them.</param>
    /// <param name="options">What is visualised.</param>
    /// <param name="log">Is told of the progress.</param>
    /// <exception cref="ZfDeclException">ZF1402: there are no images, there is no such layer, or a number is below 1.</exception>
    public FeatureVisualization(ConvNet net, ImageSet images, Preprocessor preprocessor, FeatureVisualizationOptions options, IRunLog log)
    {
        (this.net, this.images, this.preprocessor, this.log, Options) = (net, images, preprocessor, log, options);
        device = net.parameters().FirstOrDefault()?.device ?? CPU;
        if (images.Count == 0)
            throw new ZfDeclException("ZF1402", "there are no images to search: visualising needs at least one");
        if (options.Top < 1 || options.MostMaps < 1 || options.Batch < 1)
            throw new ZfDeclException("ZF1402", $"top is {options.Top}, most maps {options.MostMaps}, batch {options.Batch}: each must be at least 1");
        var names = net.Info.Layers.Select(layer => layer.Name).ToArray();
        foreach (var name in options.Layers.Except(names, StringComparer.OrdinalIgnoreCase))
            throw new ZfDeclException("ZF1402", $"network '{net.Info.Name}' has no layer '{name}' to visualise; its layers are {string.Join(", ", names)}");
        Layers = [.. options.Layers.Select(net.Info.Layer).Distinct().Select(AsCreated)];
    }

    /// <summary>What is visualised.</summary>
    public FeatureVisualizationOptions Options { get; }

    /// <summary>The layers that are visualised.</summary>
    public IReadOnlyList<LayerInfo> Layers { get; }

    /// <summary>The shape of one input image.</summary>
    public FeatureShape Input => net.Info.Input;

    /// <summary>How many maps of a layer are projected: all, or the first <see cref="FeatureVisualizationOptions.MostMaps"/>.</summary>
    public int MapsShown(LayerInfo layer) => Math.Min(layer.Output.Maps, Options.MostMaps);

    /// <summary>The first pass: searches all images once, for all layers together.</summary>
    /// <returns>The strongest units of each layer of <see cref="Layers"/>, in that order.</returns>
    /// <exception cref="ZfDeclException">ZF1403: an activation is infinite or no number.</exception>
    public IReadOnlyList<TopUnits> FindStrongest()
    {
        var found = Layers.Select(layer => new TopUnits(layer, Options.Top)).ToArray();
        using var bar = log.Start("searching for the strongest units", images.Count, "images");
        foreach (var batch in Batches.InOrder(images, preprocessor, RecordedAtOnce, device))
        {
            using (batch)
            {
                using var seen = net.Record(batch.Images);
                foreach (var units in found)
                    units.Add(seen.FeatureMaps(units.Layer.Index), batch.Indices);
                bar.Advance(batch.Indices.Count);
            }
        }
        return found;
    }

    /// <summary>
    /// The second pass, for one layer: records the images of its strongest units again, projects each unit alone, all other activations of its layer
    /// being 0, and cuts out what it sees.
    /// </summary>
    /// <param name="found">The strongest units of the layer.</param>
    /// <returns>The maps in order, made a few at a time while they are taken.</returns>
    /// <exception cref="ZfDeclException">ZF1401: a unit does not show again the activation that the first pass found.</exception>
    public IEnumerable<VisualizedMap> Project(TopUnits found) => Project(found, [.. Enumerable.Range(0, MapsShown(found.Layer))]);

    /// <summary>The second pass, for some maps of one layer.</summary>
    /// <param name="found">The strongest units of the layer.</param>
    /// <param name="chosen">The maps.</param>
    /// <returns>These maps in that order, made a few at a time while they are taken.</returns>
    /// <exception cref="ZfDeclException">ZF1401: a unit does not show again the activation that the first pass found.</exception>
    public IEnumerable<VisualizedMap> Project(TopUnits found, IReadOnlyList<int> chosen)
    {
        var window = new UnitWindow(found.Layer.ReceptiveField, Input);
        var mapBytes = (long)found.Top * Input.Maps * window.Height * window.Width * (sizeof(float) + sizeof(byte));
        var together = (int)Math.Clamp(PictureBudget / mapBytes, 1, Math.Max(chosen.Count, 1));
        using var bar = log.Start($"projecting {found.Layer.Name}", chosen.Sum(map => found.Of(map).Length), "units");
        using var deconvnet = net.CreateDeconvnet(Options.Deconvnet);
        foreach (var maps in chosen.Chunk(together))
        {
            foreach (var map in ProjectMaps(deconvnet, found, window, maps, bar))
                yield return map;
        }
    }

    private VisualizedMap[] ProjectMaps(Deconvnet deconvnet, TopUnits found, UnitWindow window, int[] maps, IProgressBar bar)
    {
        var made = maps.Select(map => new VisualizedUnit[found.Of(map).Length]).ToArray();
        var targets = maps.SelectMany((map, i) => found.Of(map).ToArray().Select((unit, rank) => new Target(i, map, rank, unit)));
        foreach (var imageGroup in targets.GroupBy(target => target.Unit.Image).OrderBy(group => group.Key).Chunk(RecordedAtOnce))
        {
            var indices = imageGroup.Select(group => group.Key).ToArray();
            using var input = Load(indices);
            using var seen = net.Record(input);
            foreach (var batch in imageGroup.SelectMany((group, row) => group.Select(target => target with { Row = row })).Chunk(RecordedAtOnce))
            {
                var projections = ProjectBatch(deconvnet, seen, found.Layer, batch);
                for (var i = 0; i < batch.Length; i++)
                {
                    var projection = projections.AsSpan(i * (int)Input.Count, (int)Input.Count);
                    made[batch[i].Slot][batch[i].Rank] = Cut(batch[i], window, projection);
                }
                bar.Advance(batch.Length);
            }
        }
        return [.. maps.Select((map, i) => new VisualizedMap(map, made[i]))];
    }

    /// <returns>[N, C, H, W]: the projection of each unit alone.</returns>
    private static float[] ProjectBatch(Deconvnet deconvnet, Recording recording, LayerInfo layer, Target[] batch)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var seen = recording.Select([.. batch.Select(target => (long)target.Row)]);
        var maps = seen.FeatureMaps(layer.Index);
        var (height, width) = (layer.Output.Height, layer.Output.Width);
        var places = tensor(batch.Select(target => ((long)target.Map * height + target.Unit.Y) * width + target.Unit.X).ToArray(), device: maps.device).unsqueeze(1);
        var values = tensor(batch.Select(target => target.Unit.Value).ToArray(), device: maps.device).unsqueeze(1);     // [N, 1]

        Check(layer, batch, Values(maps.reshape(batch.Length, -1).gather(1, places)));
        var signal = zeros([batch.Length, layer.Output.Count], maps.dtype, maps.device).scatter(1, places, values).view(maps.shape);
        return Values(deconvnet.Project(seen, layer.Index, signal));
    }

    /// <summary>An activation may be rounded otherwise in a batch of another size, but no more than that.</summary>
    private static void Check(LayerInfo layer, Target[] batch, float[] again)
    {
        for (var i = 0; i < batch.Length; i++)
        {
            var (map, unit) = (batch[i].Map, batch[i].Unit);
            if (Math.Abs(again[i] - unit.Value) <= 1e-4f * unit.Value + 1e-5f)
                continue;
            throw new ZfDeclException("ZF1401", FormattableString.Invariant(
                $"layer '{layer.Name}', map {map}, unit ({unit.Y}, {unit.X}), image {unit.Image}: the search found an activation of {unit.Value}, recording the image again gives {again[i]}; they must agree to 0.01 %: see that neither the weights nor the images change during a run"));
        }
    }

    private VisualizedUnit Cut(Target target, UnitWindow window, ReadOnlySpan<float> projection)
    {
        var image = target.Unit.Image;
        var region = window.At(target.Unit.Y, target.Unit.X);
        var stored = new byte[images.Shape.Count];
        var crop = new byte[Input.Count];
        images.Read(image, stored);
        preprocessor.CentreCrop(stored, crop);
        return new()
        {
            Rank = target.Rank,
            Unit = target.Unit,
            ImageName = images.NameOf(image),
            Class = images.Classes[images.Label(image)],
            Region = region,
            Projection = window.Cut(projection, region),
            Patch = window.Cut<byte>(crop, region),
        };
    }

    private Tensor Load(int[] indices)
    {
        var length = (int)Input.Count;
        var stored = new byte[images.Shape.Count];
        var pixels = new float[indices.Length * length];
        for (var i = 0; i < indices.Length; i++)
        {
            images.Read(indices[i], stored);
            preprocessor.Evaluation(stored, pixels.AsSpan(i * length, length));
        }
        return tensor(pixels, [indices.Length, Input.Maps, Input.Height, Input.Width], device: device);
    }

    private static float[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, float>(tensor.cpu().contiguous().bytes).ToArray();
    }

    /// <summary>A network created for another number of classes than declared has as many units in its last dense layer, and behind it.</summary>
    private LayerInfo AsCreated(LayerInfo layer) =>
        layer.Index >= net.Info.Layers.LastOrDefault(last => last.Kind == "dense")?.Index ? layer with { Output = new(net.Classes, 1, 1) } : layer;

    private int RecordedAtOnce =>
        Options.Batch ?? (int)Math.Clamp(ActivationBudget / (net.Info.Layers.Sum(layer => layer.Output.Count) * sizeof(float)), 1, 128);

    /// <param name="Slot">The place of its map among those at hand.</param>
    /// <param name="Map">Its feature map.</param>
    /// <param name="Rank">Its place among the strongest of the map.</param>
    /// <param name="Unit">The unit.</param>
    /// <param name="Row">The place of its image in the recording at hand.</param>
    private readonly record struct Target(int Slot, int Map, int Rank, TopUnit Unit, int Row = 0);
}
