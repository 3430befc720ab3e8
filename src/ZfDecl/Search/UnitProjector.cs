using System.Runtime.InteropServices;
using ZfDecl.Data;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using ZfDecl.Projection;
using static TorchSharp.torch;

namespace ZfDecl.Search;

/// <summary>
/// Projects the strongest units of some feature maps: image by image, each of which is read and recorded once, whatever the layers. The recording has the last word on
/// a unit: it keeps the same bits of an image in any batch, and a search, which runs in batches, need not, so that units that tie in a flat area may have come out in another order.
/// </summary>
internal sealed class UnitProjector(ConvNet net, ImageSet images, Preprocessor preprocessor, DeconvnetOptions rules, int batch) : IDisposable
{
    private readonly Deconvnet deconvnet = net.CreateDeconvnet(rules);
    private readonly WindowedDeconvnet windowed = new(net, rules);
    private readonly Device device = net.parameters().FirstOrDefault()?.device ?? CPU;

    /// <param name="maps">The maps; of any layers.</param>
    /// <param name="bar">Is told of each unit.</param>
    /// <returns>The maps with their units, in the same order.</returns>
    /// <exception cref="ZfDeclException">ZF1401: a unit does not show again the activation that the search found.</exception>
    public VisualizedMap[] Project(IReadOnlyList<ShownMap> maps, IProgressBar bar)
    {
        var made = maps.Select(map => new VisualizedUnit[map.Units.Length]).ToArray();
        var targets = maps.SelectMany((map, slot) => map.Units.ToArray().Select((unit, rank) => new Target(slot, map, rank, unit)));
        foreach (var imageGroup in targets.GroupBy(target => target.Unit.Image).OrderBy(group => group.Key).Chunk(batch))
        {
            using var loaded = Load([.. imageGroup.Select(group => group.Key)]);
            using var recording = net.Record(loaded.Inputs);
            foreach (var layer in imageGroup.SelectMany((group, row) => group.Select(target => target with { Row = row })).GroupBy(target => target.Layer.Index))
            {
                var ofLayer = Confirmed(recording, [.. layer]);
                if (windowed.IsFaster(layer.Key))
                    ProjectInWindows(recording, ofLayer, loaded, made);
                else
                    ProjectInImages(recording, ofLayer, loaded, made);
                bar.Advance(ofLayer.Length);
            }
        }
        return [.. maps.Select((map, slot) => Ranked(map, made[slot]))];
    }

    /// <summary>The map with its units in their order, as the recordings have them.</summary>
    private static VisualizedMap Ranked(ShownMap map, VisualizedUnit[] units)
    {
        Array.Sort(units, (one, other) => one.Unit == other.Unit ? 0 : one.Unit.Precedes(other.Unit) ? -1 : 1);
        map.Found.Confirm(map.Map, units.Select(unit => unit.Unit));
        return new(map.Map, [.. units.Select((unit, rank) => unit with { Rank = rank })]);
    }

    public void Dispose() => deconvnet.Dispose();

    private void ProjectInWindows(Recording recording, Target[] targets, LoadedImages loaded, VisualizedUnit[][] made)
    {
        var window = new UnitWindow(targets[0].Layer.ReceptiveField, net.Info.Input);
        UnitSignal[] units = [.. targets.Select(target => new UnitSignal(target.Row, target.Map, new(target.Unit.Y, target.Unit.X), target.Unit.Value))];
        windowed.Project(recording, targets[0].Layer.Index, units, (index, projection) =>
        {
            var target = targets[index];
            var region = window.At(target.Unit.Y, target.Unit.X);
            var pixels = new float[net.Info.Input.Maps * region.Height * region.Width];
            projection.CopyTo(region, pixels);
            made[target.Slot][target.Rank] = Picture(target, region, pixels, window.Cut<byte>(loaded.Pixels[target.Row], region));
        });
    }

    private void ProjectInImages(Recording recording, Target[] targets, LoadedImages loaded, VisualizedUnit[][] made)
    {
        var (length, window) = ((int)net.Info.Input.Count, new UnitWindow(targets[0].Layer.ReceptiveField, net.Info.Input));
        foreach (var some in targets.Chunk(batch))
        {
            var projections = ProjectBatch(recording, some);
            for (var i = 0; i < some.Length; i++)
            {
                var target = some[i];
                var region = window.At(target.Unit.Y, target.Unit.X);
                made[target.Slot][target.Rank] = Picture(
                    target, region, window.Cut<float>(projections.AsSpan(i * length, length), region), window.Cut<byte>(loaded.Pixels[target.Row], region));
            }
        }
    }

    /// <returns>[N, C, H, W]: the projection of each unit alone.</returns>
    private float[] ProjectBatch(Recording recording, Target[] some)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var apart = recording.Select([.. some.Select(target => (long)target.Row)]);
        var (layer, maps) = (some[0].Layer, apart.FeatureMaps(some[0].Layer.Index));
        var positions = tensor(some.Select(target => target.IndexIn(layer.Output)).ToArray(), device: maps.device).unsqueeze(1);
        var values = tensor(some.Select(target => target.Unit.Value).ToArray(), device: maps.device).unsqueeze(1);     // [N, 1]
        var signal = zeros([some.Length, layer.Output.Count], maps.dtype, maps.device).scatter(1, positions, values).view(maps.shape);
        return Values(deconvnet.Project(apart, layer.Index, signal));
    }

    /// <summary>
    /// The units as the recording has them. Where a map has one unit an image, that is its strongest; an activation may be rounded otherwise in another batch, or on
    /// another machine, where a shard was searched, but no more than that.
    /// </summary>
    private static Target[] Confirmed(Recording recording, Target[] targets)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (layer, one) = (targets[0].Layer, targets[0].Shown.Found.PerImage == PerImage.One);
        var kept = recording.FeatureMaps(layer.Index);
        var maps = kept.dim() == 2 ? kept.unsqueeze(2) : kept.flatten(2);       // [N, maps, units]
        var ofTargets = maps[TensorIndex.Tensor(tensor(targets.Select(target => (long)target.Row).ToArray())), TensorIndex.Tensor(tensor(targets.Select(target => (long)target.Map).ToArray()))];
        var positions = one ? ofTargets.argmax(1, keepdim: true) : tensor(targets.Select(target => (long)target.IndexInMap).ToArray(), device: maps.device).unsqueeze(1);
        var (values, at) = (Values(ofTargets.gather(1, positions)), positions.cpu().data<long>().ToArray());
        return [.. targets.Select((target, i) => Confirmed(target, values[i], (int)at[i]))];
    }

    /// <exception cref="ZfDeclException">ZF1401: it is not the activation that the search found.</exception>
    private static Target Confirmed(Target target, float value, int position)
    {
        var (layer, unit) = (target.Layer, target.Unit);
        return Math.Abs(value - unit.Value) <= 1e-4f * unit.Value + 1e-5f
            ? target with { Unit = unit with { Value = value, Y = position / layer.Output.Width, X = position % layer.Output.Width } }
            : throw new ZfDeclException("ZF1401", FormattableString.Invariant(
                $"layer '{layer.Name}', map {target.Map}, unit ({unit.Y}, {unit.X}), image {unit.Image}: the search found an activation of {unit.Value}, recording the image again gives {value}; they must agree to 0.01 %: see that neither the weights nor the images change during a run"));
    }

    private VisualizedUnit Picture(Target target, PixelRegion region, float[] projection, byte[] patch) => new()
    {
        Rank = target.Rank,
        Unit = target.Unit,
        ImageName = images.NameOf(target.Unit.Image),
        Class = images.ClassOf(target.Unit.Image),
        Region = region,
        Projection = preprocessor.Channels.ToImage(projection, net.Info.Input.Maps),
        Patch = patch,
    };

    private LoadedImages Load(int[] indices)
    {
        var decoded = new byte[indices.Length][];
        Concurrently.For(indices.Length, () => 0, (i, _) => decoded[i] = images.Read(indices[i]), _ => { });
        return new(preprocessor.InputOf(decoded, device), Array.ConvertAll(decoded, image => preprocessor.CentreCrop(image)));
    }

    private static float[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var dense = tensor.cpu().contiguous();
        var values = MemoryMarshal.Cast<byte, float>(dense.bytes).ToArray();
        GC.KeepAlive(dense);
        return values;
    }

    /// <param name="Inputs">[N, C, H, W], preprocessed.</param>
    /// <param name="Pixels">[C, H, W] of each, 0 … 255.</param>
    private sealed record LoadedImages(Tensor Inputs, byte[][] Pixels) : IDisposable
    {
        public void Dispose() => Inputs.Dispose();
    }

    /// <param name="Slot">The position of its map among those at hand.</param>
    /// <param name="Shown">Its map.</param>
    /// <param name="Rank">Its position among the strongest of the map.</param>
    /// <param name="Unit">The unit.</param>
    /// <param name="Row">The position of its image in the recording at hand.</param>
    private readonly record struct Target(int Slot, ShownMap Shown, int Rank, TopUnit Unit, int Row = 0)
    {
        public int Map => Shown.Map;

        public LayerInfo Layer => Shown.Found.Layer;

        public int IndexInMap => (Unit.Y * Layer.Output.Width) + Unit.X;

        public long IndexIn(FeatureShape shape) => ((long)Map * shape.Height * shape.Width) + IndexInMap;
    }
}
