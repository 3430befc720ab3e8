using System.Collections.Concurrent;
using TorchSharp;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Projection;

/// <summary>
/// What a <see cref="Deconvnet"/> does to a single unit, done only where its signal can differ from 0: in a window that grows from one position to the
/// unit's receptive field, and there only for the values that are not 0. The result is the same up to rounding.
/// </summary>
/// <remarks>
/// It holds a copy of the filters as they were when it was made. On the CPU, in float32, for layers below the first whose step takes the whole image. Any number of threads may use it.
/// </remarks>
public sealed class WindowedDeconvnet
{
    private const int Together = 16;    // signals that a thread takes down at once

    private readonly NetworkInfo info;
    private readonly WindowStep?[] steps;               // a layer, a step; null for the identity
    private readonly InputShare[][] shares;             // what each layer hands to those that go into it
    private readonly bool[] isAlone;                    // whether all that a layer hands down goes to the one before it in the list, which nobody else reads
    private readonly bool[] supported;                  // whether each layer, and all that lead up to it, have a step in a window
    private readonly ConcurrentBag<ProjectionState> idle = [];

    /// <param name="net">The network.</param>
    /// <param name="options">The rules; the paper's where null.</param>
    public WindowedDeconvnet(ConvNet net, DeconvnetOptions? options = null)
    {
        // Of as many classes as it was created for: their maps may go through filters too.
        (info, Options) = (net.Classes == net.Info.Classes ? net.Info : net.Info with { Layers = [.. net.Info.Layers.Select(layer => layer.CreatedFor(net.Classes))] }, options ?? new());
        (steps, supported) = (new WindowStep?[info.Layers.Count], new bool[info.Layers.Count]);
        shares = [.. info.Layers.Select(layer => InputShare.Of(info, layer))];
        isAlone = [.. info.Layers.Select(layer => layer.Inputs is [var only] && only == layer.Index - 1 && info.ReadersOf(only).Take(2).Count() == 1)];
        if (net.parameters().Any(weights => weights.device_type != DeviceType.CPU || weights.dtype != ScalarType.Float32))
            return;
        foreach (var layer in info.Layers)
        {
            supported[layer.Index] = HasWindowStep(layer) && layer.Inputs.All(input => input == LayerInfo.Image || supported[input]);
            if (supported[layer.Index])
                steps[layer.Index] = StepOf(net, layer);
        }
    }

    private WindowedDeconvnet(WindowedDeconvnet other, DeconvnetOptions options)
    {
        (info, Options, shares, isAlone, supported) = (other.info, options, other.shares, other.isAlone, other.supported);
        steps = [.. other.steps.Select((step, index) => step switch
        {
            UnpoolStep => new UnpoolStep(info.Layers[index], info.InputOf(info.Layers[index]), options.Unpool),
            RectifyStep => new RectifyStep(info.Layers[index], options.Relu),
            _ => step,
        })];
    }

    /// <summary>Handed a projection.</summary>
    /// <param name="index">The unit's position in the list.</param>
    /// <param name="projection">Its projection, to be read before the method returns.</param>
    public delegate void Taker(int index, PixelSignal projection);

    /// <summary>The rules it follows.</summary>
    public DeconvnetOptions Options { get; }

    /// <summary>The same under other rules. The copy of the filters is shared.</summary>
    public WindowedDeconvnet Under(DeconvnetOptions options) => new(this, options);

    /// <summary>Whether it can project units of a layer. A layer that a relu follows is read, and entered, behind that relu.</summary>
    /// <param name="layer">Index of the layer.</param>
    public bool Supports(int layer) => supported[info.Layers[layer].Readout];

    /// <summary>
    /// Whether the window is the faster way: it is where it takes less than so much of the multiply-adds of the whole image as was measured to be worth it. A unit whose
    /// receptive field is larger than the image ends in windows that are the whole maps, and filters that run over whole images are faster there.
    /// </summary>
    /// <param name="layer">Index of the layer.</param>
    public bool IsFaster(int layer) => Supports(layer) && WindowCost.Share(info, info.Layers[layer].Readout) <= WindowCost.WorthIt;

    /// <summary>Projects units of one layer, each alone, on all threads that torch may use.</summary>
    /// <param name="recording">The recording whose switches are followed.</param>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="units">The units.</param>
    /// <param name="take">Handed each projection, in any order and from several threads.</param>
    /// <exception cref="ArgumentException">It does not reach the layer.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image, map or unit.</exception>
    public void Project(Recording recording, int layer, IReadOnlyList<UnitSignal> units, Taker take)
    {
        var entry = EntryOf(recording, layer, units);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var views = ViewsOf(recording, entry);
        var threads = get_num_threads();
        var size = Math.Clamp((units.Count + threads - 1) / threads, 1, Together);
        var groups = (units.Count + size - 1) / size;
        if (groups == 1)
            ProjectGroup(0);
        else
            Parallel.For(0, groups, new ParallelOptions { MaxDegreeOfParallelism = threads }, ProjectGroup);
        GC.KeepAlive(recording);

        void ProjectGroup(int group)
        {
            var first = group * size;
            var states = new ProjectionState[Math.Min(size, units.Count - first)];
            for (var i = 0; i < states.Length; i++)
            {
                states[i] = idle.TryTake(out var state) ? state : new();
                states[i].Begin(units[first + i], info.Layers[entry]);
            }
            // Filters too large for the cache serve all signals at once; further down a signal is large, and stays in the cache from step to step.
            var split = Array.FindIndex(steps, 0, entry + 1, step => step is { IsLarge: true });
            split = split < 0 ? entry + 1 : split;
            for (var layer = entry; layer >= split; layer--)
                TakeThrough(layer, states, views[layer]);
            for (var i = 0; i < states.Length; i++)
            {
                for (var layer = split - 1; layer >= 0; layer--)
                    TakeThrough(layer, states.AsSpan(i, 1), views[layer]);
                take(first + i, new(states[i].Signal));
                idle.Add(states[i]);
            }
        }
    }

    /// <summary>The strongest values of a unit's signal on its way down: which units of the layers below carry it.</summary>
    /// <param name="recording">The recording whose switches are followed.</param>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="below">Indices of the layers that are looked at. One that a relu follows is looked at behind that relu.</param>
    /// <param name="count">How many values of each.</param>
    /// <returns>Of each of those layers that something comes back to, from the upper to the lower, its strongest values, the strongest first.</returns>
    /// <exception cref="ArgumentException">It does not reach the layer.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image, map or unit.</exception>
    public IReadOnlyList<SignalLink[]> StrongestOnTheWay(Recording recording, int layer, UnitSignal unit, IReadOnlyCollection<int> below, int count)
    {
        var entry = EntryOf(recording, layer, [unit]);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (views, links, state) = (ViewsOf(recording, entry), new List<SignalLink[]>(), idle.TryTake(out var used) ? used : new());
        var seen = below.Select(lower => info.Layers[lower]).Where(lower => lower.Readout < entry).DistinctBy(lower => lower.Readout).ToDictionary(lower => lower.Readout, lower => lower.Index);
        state.Begin(unit, info.Layers[entry]);
        for (var at = entry; at > 0; at--)
        {
            TakeThrough(at, [state], views[at]);
            if (seen.TryGetValue(at - 1, out var named) && !state.Signal.IsEmpty)
                links.Add(SignalLink.StrongestOf(state.Signal, named, count));
        }
        TakeThrough(0, [state], views[0]);
        idle.Add(state);
        GC.KeepAlive(recording);
        return links;
    }

    private int EntryOf(Recording recording, int layer, IReadOnlyList<UnitSignal> units)
    {
        if (!Supports(layer))
            throw new ArgumentException($"layer '{info.Layers[layer].Name}' of '{info.Name}' can only be projected in the whole image", nameof(layer));
        var entry = info.Layers[layer].Readout;
        foreach (var unit in units)
            Check(unit, recording, info.Layers[entry]);
        return entry;
    }

    private LayerViews[] ViewsOf(Recording recording, int entry)
    {
        var views = new LayerViews[entry + 1];
        for (var i = 0; i <= entry; i++)
            views[i] = steps[i]?.ViewsOf(recording) ?? default;
        return views;
    }

    /// <summary>Takes signals at the output of a layer to that of the layer before it, or to the image.</summary>
    private void TakeThrough(int layer, ReadOnlySpan<ProjectionState> states, in LayerViews views)
    {
        if (steps[layer] is { } step && HasSignal(states))
            step.Take(states, views);
        if (isAlone[layer])
            return;
        foreach (var state in states)
        {
            state.Leave(shares[layer]);
            state.Enter(layer - 1, info.ShapeOf(layer - 1).Maps);
        }
    }

    private static bool HasSignal(ReadOnlySpan<ProjectionState> states)
    {
        foreach (var state in states)
        {
            if (!state.Signal.IsEmpty)
                return true;
        }
        return false;
    }

    private static bool HasWindowStep(LayerInfo layer) => layer.Backward is not (BackwardStep.WholeImage or BackwardStep.None);

    private static float[] FactorsOf(ConvNet net, LayerInfo layer)
    {
        using var scope = NewDisposeScope();
        return net.ScaleOf(layer).detach().data<float>().ToArray();
    }

    private WindowStep? StepOf(ConvNet net, LayerInfo layer) => layer.Backward switch
    {
        BackwardStep.TransposedFilters => new FilterStep(layer, info.InputOf(layer), net.WeightOf(layer)),
        BackwardStep.Unpool => new UnpoolStep(layer, info.InputOf(layer), Options.Unpool),
        BackwardStep.Unaverage => new AveragePoolStep(layer, info.InputOf(layer)),
        BackwardStep.Rectify => new RectifyStep(layer, Options.Relu),
        BackwardStep.Scale => new ScaleStep(FactorsOf(net, layer)),
        BackwardStep.Crop => new CropStep(layer.Window!.Value, info.InputOf(layer)),
        BackwardStep.Unshuffle => new UnshuffleStep(layer.Groups),
        _ => null,
    };

    private static void Check(UnitSignal unit, Recording recording, LayerInfo layer)
    {
        if (unit.Image < 0 || unit.Image >= recording.Count || unit.Map < 0 || unit.Map >= layer.Output.Maps
            || unit.At.Y < 0 || unit.At.Y >= layer.Output.Height || unit.At.X < 0 || unit.At.X >= layer.Output.Width)
            throw new ArgumentOutOfRangeException(nameof(unit), unit, $"layer '{layer.Name}' has {layer.Output} units in each of {recording.Count} images");
    }
}
