using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Trust;

/// <summary>
/// Whether a unit needs what its projection marks, as the paper's projections are meant to show (Zeiler &amp; Fergus 2014, §2.1): the fifth of the pixels it sees where the
/// projection is strongest is covered with the mean, and then the same shape elsewhere in what it sees, moved by half of the height, of the width and of both, over the border to
/// the other side. Moved, it may still cover some of what is marked; that makes the two more alike than they are.
/// </summary>
/// <param name="net">The network; neither owned nor changed.</param>
/// <param name="images">The images of the units.</param>
/// <param name="preprocessor">Makes the network's inputs.</param>
/// <param name="layer">The layer of the units.</param>
public sealed class CoveringTest(ConvNet net, ImageSet images, Preprocessor preprocessor, LayerInfo layer)
{
    /// <summary>The share of the pixels a unit sees that are covered.</summary>
    public const double Share = 0.2;

    private const int Together = 8;

    private readonly FeatureShape input = net.Info.Input;
    private readonly Device device = net.parameters().FirstOrDefault()?.device ?? CPU;

    /// <summary>Covers the images of some units.</summary>
    /// <param name="units">Each unit with its map and projection.</param>
    /// <param name="log">Is told of the progress.</param>
    public IReadOnlyList<CoveredUnit> Measure(IReadOnlyList<(int Map, VisualizedUnit Unit)> units, IRunLog log)
    {
        using var noGrad = no_grad();
        using var bar = log.Start("covering what projections mark", units.Count, "units");
        var covered = new List<CoveredUnit>();
        foreach (var chunk in units.Chunk(Together))
        {
            using var scope = NewDisposeScope();
            var inputs = preprocessor.InputOf([.. chunk.Select(unit => images.Read(unit.Unit.Unit.Image))], device);
            bool[][][] masks = [.. chunk.Select(unit => MasksOf(unit.Unit))];
            var shape = new long[] { chunk.Length, masks[0].Length, 1, input.Height, input.Width };
            var kept = tensor(masks.SelectMany(ofUnit => ofUnit).SelectMany(mask => mask).Select(inside => inside ? 0f : 1f).ToArray(), shape, device: device);
            using var recording = net.Record((inputs.unsqueeze(1) * kept).flatten(0, 1));
            using var whole = net.Record(inputs);
            for (var i = 0; i < chunk.Length; i++)
            {
                var (map, unit) = chunk[i];
                var before = Activation(whole, i, map, unit.Unit);
                double[] gone = [.. Enumerable.Range(0, masks[i].Length).Select(mask => (before - Activation(recording, (i * masks[i].Length) + mask, map, unit.Unit)) / before)];
                covered.Add(new(map, unit.Unit.Image, gone[0], gone[1..].Average()));
            }
            bar.Advance(chunk.Length);
        }
        return covered;
    }

    /// <returns>What is covered, [H, W] of the input each: what the projection marks, then its three moved shapes.</returns>
    private bool[][] MasksOf(VisualizedUnit unit)
    {
        var (region, seen) = (unit.Region, unit.Region.ClipTo(input.Height, input.Width));
        var plane = region.Height * region.Width;
        var strength = (from y in Enumerable.Range(0, seen.Height)
                        from x in Enumerable.Range(0, seen.Width)
                        let at = ((seen.Top - region.Top + y) * region.Width) + seen.Left - region.Left + x
                        select (Y: y, X: x, Value: Enumerable.Range(0, input.Maps).Sum(channel => Math.Abs((double)unit.Projection[(channel * plane) + at])))).ToArray();
        var marked = strength.OrderByDescending(pixel => pixel.Value).Take(Math.Max(1, (int)Math.Round(Share * strength.Length))).ToArray();
        return [.. new[] { (0, 0), (seen.Height / 2, 0), (0, seen.Width / 2), (seen.Height / 2, seen.Width / 2) }.Select(move =>
        {
            var mask = new bool[input.Height * input.Width];
            foreach (var (y, x, _) in marked)
                mask[((seen.Top + ((y + move.Item1) % seen.Height)) * input.Width) + seen.Left + ((x + move.Item2) % seen.Width)] = true;
            return mask;
        })];
    }

    private double Activation(Recording recording, int row, int map, TopUnit unit) =>
        recording.FeatureMaps(layer.Index)[row][map].reshape(-1)[(unit.Y * layer.Output.Width) + unit.X].item<float>();
}
