using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using static TorchSharp.torch;

namespace ZfDecl.Search;

/// <summary>
/// What excites the feature maps of a network, after Zeiler &amp; Fergus 2014, §4: <see cref="FindStrongest()"/> searches all images for the strongest
/// units of each map, <see cref="Project(IReadOnlyList{TopUnits})"/> takes each of these units alone down to pixel space and cuts out what it sees.
/// </summary>
/// <remarks>It neither changes nor owns the network, the images or the preprocessor. It is not thread-safe.</remarks>
public sealed class FeatureVisualization
{
    private const long ActivationBudget = 256L << 20;   // bytes of one recording
    private const long MostPictureBytes = 2L << 30;

    private readonly ConvNet net;
    private readonly ImageSet images;
    private readonly Preprocessor preprocessor;
    private readonly IRunLog log;
    private readonly Device device;
    private bool isWholeImageSaid;

    /// <param name="net">The network, with the weights it is to be seen with.</param>
    /// <param name="images">The images that are searched.</param>
    /// <param name="preprocessor">Makes the network's inputs of them.</param>
    /// <param name="options">What is visualised.</param>
    /// <param name="log">Is told of the progress.</param>
    /// <exception cref="ZfDeclException">ZF1402: there are no images, there is no such layer or map, or a number is below 1.</exception>
    public FeatureVisualization(ConvNet net, ImageSet images, Preprocessor preprocessor, FeatureVisualizationOptions options, IRunLog log)
    {
        (this.net, this.images, this.preprocessor, this.log, Options) = (net, images, preprocessor, log, options);
        device = net.parameters().FirstOrDefault()?.device ?? CPU;
        if (images.Count == 0)
            throw new ZfDeclException("ZF1402", "there are no images to search: visualising needs at least one");
        if (options.Top < 1 || options.Batch < 1)
            throw new ZfDeclException("ZF1402", $"top is {options.Top}, batch {options.Batch}: each must be at least 1");
        var names = net.Info.Layers.Select(layer => layer.Name).ToArray();
        foreach (var name in options.Layers.Except(names, StringComparer.OrdinalIgnoreCase))
            throw new ZfDeclException("ZF1402", $"network '{net.Info.Name}' has no layer '{name}' to visualise; its layers are {string.Join(", ", names)}");
        Layers = [.. options.Layers.Select(net.Info.Layer).Distinct().Select(layer => layer.CreatedFor(net.Classes))];
        foreach (var layer in Layers)
            options.Maps.Of(layer);
    }

    /// <summary>What is visualised.</summary>
    public FeatureVisualizationOptions Options { get; }

    /// <summary>The layers that are visualised.</summary>
    public IReadOnlyList<LayerInfo> Layers { get; }

    /// <summary>The shape of one input image.</summary>
    public FeatureShape Input => net.Info.Input;

    /// <summary>How many images are recorded at once.</summary>
    public int Batch =>
        Options.Batch ?? (int)Math.Clamp(ActivationBudget / (net.Info.Layers.Sum(layer => layer.Output.Count) * sizeof(float)), 1, 128);

    /// <summary>The pixels of an image that the network sees, before they are normalised; several threads may read at once.</summary>
    /// <param name="image">Its index.</param>
    /// <returns>[C, H, W] of the input, 0 … 255.</returns>
    public byte[] PixelsOf(int image) => preprocessor.CentreCrop(images.Read(image));

    /// <summary>How many maps of a layer are projected.</summary>
    public int MapsShown(LayerInfo layer) => Options.Maps.Of(layer).Count;

    /// <summary>The filters of a convolution that looks at the pixels themselves.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>[C, kernel height, kernel width] of each map, in red, green and blue; null for any other layer.</returns>
    public IReadOnlyList<float[]>? FiltersOf(LayerInfo layer)
    {
        if (layer is not { Role: LayerRole.Convolution, Inputs: [LayerInfo.Image], Groups: 1, Window: { } window })
            return null;
        using var scope = NewDisposeScope();
        var weights = net.WeightOf(layer).detach().cpu().contiguous().data<float>().ToArray();
        return [.. weights.Chunk(Input.Maps * window.KernelHeight * window.KernelWidth).Select(filter => preprocessor.Channels.ToImage(filter, Input.Maps))];
    }

    /// <summary>The first pass: searches all images once, for all layers together.</summary>
    /// <returns>The strongest units of each layer of <see cref="Layers"/>, in that order.</returns>
    /// <exception cref="ZfDeclException">ZF1403: an activation is infinite or NaN.</exception>
    public IReadOnlyList<TopUnits> FindStrongest() => FindStrongest(Shard.Whole);

    /// <summary>A part of the first pass. The parts, joined by <see cref="TopUnits.Add(TopUnits)"/>, are the whole to the bit.</summary>
    /// <inheritdoc cref="FindStrongest()"/>
    public IReadOnlyList<TopUnits> FindStrongest(Shard shard)
    {
        var found = NothingFound();
        var watched = found.Select(units => units.Layer.Readout).ToHashSet();
        var (first, count) = shard.Of(images.Count, Batch);
        using var bar = log.Start("searching for the strongest units", count, "images");
        foreach (var batch in Batches.InOrder(images, preprocessor, Batch, device, first: first, count: count))
        {
            using (batch)
            {
                net.ForwardWithHooks(batch.Images, watched, (layer, maps, rows) =>
                {
                    foreach (var units in found.Where(units => units.Layer.Readout == layer))
                        units.Add(maps, batch.Indices, rows);
                });
                bar.Advance(batch.Indices.Count);
            }
        }
        return found;
    }

    /// <summary>The first pass, of which each rank does a part; collective.</summary>
    /// <param name="group">The ranks.</param>
    /// <returns>On every rank what one process would have found, to the bit where each rank computes with as many threads.</returns>
    /// <exception cref="ZfDeclException">ZF1403: an activation is infinite or NaN.</exception>
    public IReadOnlyList<TopUnits> FindStrongestTogether(IProcessGroup group)
    {
        var own = FindStrongest(new Shard(group.Rank + 1, group.Size));
        if (group.Size == 1)
            return own;
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
            ShardFile.WriteUnits(writer, own);
        var found = NothingFound();
        foreach (var part in group.Gather(bytes.ToArray()))
        {
            using var reader = new BinaryReader(new MemoryStream(part));
            ShardFile.ReadUnits(reader, found);
        }
        return found;
    }

    /// <summary>A search of <see cref="Layers"/> that has seen no image yet.</summary>
    public IReadOnlyList<TopUnits> NothingFound() => [.. Layers.Select(layer => new TopUnits(layer, Options.Top, Options.PerImage))];

    /// <summary>The second pass, for one layer.</summary>
    /// <inheritdoc cref="Project(IReadOnlyList{TopUnits})"/>
    public IEnumerable<VisualizedMap> Project(TopUnits found) => ProjectTogether([found]);

    /// <summary>
    /// The second pass: records the images of the strongest units again, each once as far as the pictures of all layers fit into memory, projects each
    /// unit alone, all other activations of its layer being 0, and cuts out what it sees.
    /// </summary>
    /// <param name="found">The strongest units of each layer.</param>
    /// <returns>The layers in order.</returns>
    /// <exception cref="ZfDeclException">ZF1401: a unit does not show again the activation that the first pass found.</exception>
    public IEnumerable<VisualizedLayer> Project(IReadOnlyList<TopUnits> found)
    {
        using var maps = ProjectTogether(found).GetEnumerator();
        foreach (var layer in found)
            yield return new(layer, Next(maps, MapsShown(layer.Layer)));

        static IEnumerable<VisualizedMap> Next(IEnumerator<VisualizedMap> maps, int count)
        {
            for (var i = 0; i < count && maps.MoveNext(); i++)
                yield return maps.Current;
        }
    }

    private IEnumerable<VisualizedMap> ProjectTogether(IReadOnlyList<TopUnits> found)
    {
        var shown = found.SelectMany(layer => Options.Maps.Of(layer.Layer).Select(map => new ShownMap(layer, map))).ToArray();
        SayWhatIsProjectedWhole();
        using var bar = log.Start("projecting", shown.Sum(map => map.Units.Length), "units");
        using var projector = new UnitProjector(net, images, preprocessor, Options.Deconvnet, Batch);
        var budget = Options.PictureBytes ?? Math.Min(MostPictureBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);
        for (var begin = 0; begin < shown.Length;)
        {
            var (end, bytes) = (begin, 0L);
            while (end < shown.Length && (end == begin || bytes + BytesOf(shown[end]) <= budget))
                bytes += BytesOf(shown[end++]);
            foreach (var map in projector.Project(shown[begin..end], bar))
                yield return map;
            begin = end;
        }
    }

    /// <summary>Says once which layers are projected in the whole image because of what lies below them.</summary>
    private void SayWhatIsProjectedWhole()
    {
        if (isWholeImageSaid || net.Info.Layers.FirstOrDefault(layer => layer.Backward == BackwardStep.WholeImage) is not { } whole)
            return;
        isWholeImageSaid = true;
        string[] above = [.. Layers.Where(layer => layer.Readout >= whole.Index).Select(layer => layer.Name)];
        if (above.Length > 0)
            log.Say($"{string.Join(", ", above)}: projected in the whole image, as the step through {whole.Name} ({whole.Kind}) takes all of it");
    }

    private long BytesOf(ShownMap map)
    {
        var window = new UnitWindow(map.Found.Layer.ReceptiveField, Input);
        return (long)map.Units.Length * Input.Maps * window.Height * window.Width * (sizeof(float) + sizeof(byte));
    }
}
