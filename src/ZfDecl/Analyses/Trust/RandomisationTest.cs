using System.Runtime.InteropServices;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Trust;

/// <summary>
/// Whether projections depend on what was learned: the randomisation test of Adebayo et al. 2018 ("Sanity checks for saliency maps", §3.1). The layers that a unit's projection
/// passes are drawn anew, one after another from the top, and the same units are projected again, with a signal of 1. A picture that
/// stays the same is not one of the weights. A unit whose projection is 0 throughout, as by the gradient where it is silent then, is left out of the means. Layers above the units do not enter their projection.
/// </summary>
/// <param name="net">The trained network; neither owned nor changed.</param>
/// <param name="images">The images of the units.</param>
/// <param name="preprocessor">Makes the network's inputs.</param>
/// <param name="layer">The layer of the units.</param>
public sealed class RandomisationTest(ConvNet net, ImageSet images, Preprocessor preprocessor, LayerInfo layer)
{
    private const int Together = 16;

    private static readonly ReluRule[] Rules = [ReluRule.Deconv, ReluRule.Mask, ReluRule.Guided];

    private readonly FeatureShape input = net.Info.Input;
    private readonly Device device = net.parameters().FirstOrDefault()?.device ?? CPU;

    /// <summary>The layers with weights that the projections pass, from the top.</summary>
    public IReadOnlyList<LayerInfo> Layers { get; } = [.. net.Info.Layers.Where(one => one.Index <= layer.Index && net.state_dict().Keys.Any(name => IsOf(one, name))).Reverse()];

    /// <summary>Draws the layers anew, and projects some units each time.</summary>
    /// <param name="initial">The same network with weights as before a training, on the same device; it has the trained ones afterwards.</param>
    /// <param name="units">The units, each with its map; at least one.</param>
    /// <param name="log">Is told of the progress.</param>
    /// <returns>For each rule the trained network, then one more layer drawn anew each time.</returns>
    public IReadOnlyList<RandomisedStep> Measure(ConvNet initial, IReadOnlyList<(int Map, TopUnit Unit)> units, IRunLog log)
    {
        using var bar = log.Start("drawing layers anew", Layers.Count + 1, "steps");
        var (inputs, trained) = (new List<float[]>(), new Dictionary<ReluRule, List<float[]>>());
        var steps = new List<RandomisedStep>();
        foreach (var rule in Rules)
            trained[rule] = Project(net, rule, units, rule == Rules[0] ? inputs : []);
        Add(null, 0, trained);
        // Drawn anew from the top is the same as given back from the bottom.
        for (var count = Layers.Count; count > 0; count--)
        {
            Add(Layers[count - 1], count, Rules.ToDictionary(rule => rule, rule => Project(initial, rule, units, [])));
            GiveBack(initial, Layers[count - 1]);
        }
        return [.. steps.OrderBy(step => step.Rule).ThenBy(step => step.Layers)];

        void Add(LayerInfo? lowest, int count, Dictionary<ReluRule, List<float[]>> projections)
        {
            foreach (var (rule, ofRule) in projections)
                steps.Add(new(lowest, count, rule, Mean(units, ofRule, trained[rule]), Mean(units, ofRule, inputs), ofRule));
            bar.Advance(1);
        }
    }

    private Similarity Mean(IReadOnlyList<(int Map, TopUnit Unit)> units, List<float[]> ones, List<float[]> others) =>
        Similarity.Mean([.. units.Index().Where(unit => ones[unit.Index].Any(value => value != 0))
            .Select(unit => (Index: unit.Index, Window: Window(unit.Item.Unit)))
            .Select(unit => Similarity.Of(Plane.Of(ones[unit.Index], input, unit.Window), Plane.Of(others[unit.Index], input, unit.Window)))]);

    /// <summary>What a unit sees of the image.</summary>
    private PixelRegion Window(TopUnit unit) => new UnitWindow(layer.ReceptiveField, input).At(unit.Y, unit.X).ClipTo(input.Height, input.Width);

    private void GiveBack(ConvNet initial, LayerInfo one)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var from = net.state_dict();
        foreach (var (name, tensor) in initial.state_dict().Where(entry => IsOf(one, entry.Key)))
            tensor.copy_(from[name]);
    }

    private static bool IsOf(LayerInfo one, string tensor) => tensor.StartsWith($"{one.Name}.", StringComparison.Ordinal);

    /// <param name="one">The network.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="units">The units.</param>
    /// <param name="inputs">Gets the inputs, [C, H, W] of each unit.</param>
    /// <returns>[C, H, W] of each unit.</returns>
    private List<float[]> Project(ConvNet one, ReluRule rule, IReadOnlyList<(int Map, TopUnit Unit)> units, List<float[]> inputs)
    {
        using var noGrad = no_grad();
        using var deconvnet = one.CreateDeconvnet(new() { Relu = rule });
        var projections = new List<float[]>();
        foreach (var chunk in units.Chunk(Together))
        {
            using var scope = NewDisposeScope();
            var x = preprocessor.InputOf([.. chunk.Select(unit => images.Read(unit.Unit.Image))], device);
            using var recording = one.Record(x);
            var signal = zeros_like(recording.FeatureMaps(layer.Index));
            for (var i = 0; i < chunk.Length; i++)
                signal[i][chunk[i].Map].view(-1)[(chunk[i].Unit.Y * layer.Output.Width) + chunk[i].Unit.X] = 1;
            inputs.AddRange(Rows(x));
            projections.AddRange(Rows(deconvnet.Project(recording, layer.Index, signal)));
        }
        return projections;
    }

    private IEnumerable<float[]> Rows(Tensor batch)
    {
        var dense = batch.cpu().contiguous();
        var values = MemoryMarshal.Cast<byte, float>(dense.bytes).ToArray();
        GC.KeepAlive(dense);
        return values.Chunk((int)input.Count);
    }
}
