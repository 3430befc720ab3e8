using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>Shapes and receptive fields as resolved, against what TorchSharp does, on random networks.</summary>
public class GeometryTests
{
    public static TheoryData<string> Names => [.. RandomNetworks.Nets.Select(net => net.Name)];

    [Fact]
    public void TheRandomNetworksHaveEveryKindThatHasGeometry() => Assert.Equal(
        ["avgpool", "batchnorm", "contrast", "conv", "dense", "lrn", "maxpool", "relu"],
        RandomNetworks.Nets.Take(16).SelectMany(net => net.Layers).Select(layer => layer switch
        {
            RandomNet.Pool { Max: true } => "maxpool",
            RandomNet.Pool => "avgpool",
            RandomNet.Norm => "lrn",
            _ => layer.GetType().Name.ToLowerInvariant(),
        }).Distinct().Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryLayerHasTheShapeThatTorchReturns(string name)
    {
        var random = Find(name);
        using var net = RandomNetworks.Create(random, seed: 1);
        using var image = zeros(2, random.Channels, random.Height, random.Width);
        using var seen = net.Record(image);
        foreach (var layer in net.Info.Layers)
        {
            var shape = seen.Activation(layer.Index).shape;
            Assert.Equal([2, layer.Output.Maps, layer.Output.Height, layer.Output.Width], shape.Length == 2 ? [.. shape, 1, 1] : shape);
        }
    }

    /// <summary>
    /// Brute force: a pixel that is no number makes every unit that sees it no number. Windows with gaps (dilation, strides beyond the kernel) may see
    /// nothing of a border pixel, so there only units are asked whose field lies within the image; elsewhere the corners are, whose fields are clipped.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void AUnitsReceptiveFieldIsWhatReachesIt(string name)
    {
        // Local contrast normalisation divides by a mean over the whole image, which its field does not count.
        var random = Find(name);
        var last = random.Layers.TakeWhile(layer => layer is not RandomNet.Contrast).Last().Name;
        var isGapless = name.Contains("Gapless", StringComparison.Ordinal);
        using var scope = NewDisposeScope();
        using var net = RandomNetworks.Create(random, seed: 1);
        var pixels = random.Height * random.Width;
        var images = where(eye(pixels).view(pixels, 1, random.Height, random.Width).gt(0), float.NaN, 1f).repeat(1, random.Channels, 1, 1);    // one pixel in each
        using var seen = net.Record(images);
        var asked = 0;
        foreach (var layer in net.Info.Layers.Take(net.Info.Layer(last).Index + 1))
        {
            var reached = isnan(seen.Activation(layer.Index)).view(pixels, layer.Output.Maps, -1).any(1);                                       // [pixels, places]
            foreach (var at in Units(layer.Output))
            {
                var field = layer.ReceptiveField.At(at.Y, at.X);
                var clipped = field.ClipTo(random.Height, random.Width);
                if (!isGapless && clipped != field)
                    continue;
                Assert.True(
                    clipped == Around(reached.select(1, (at.Y * layer.Output.Width) + at.X).view(random.Height, random.Width)),
                    $"{layer.Name} ({at.Y}, {at.X}): declared {clipped} of\n{random.Spec()}");
                asked++;
            }
        }
        Assert.True(asked > 0, "no unit was asked");
    }

    /// <summary>The corners and the middle.</summary>
    private static IEnumerable<UnitPosition> Units(FeatureShape shape) => new[]
    {
        new UnitPosition(0, 0), new(0, shape.Width - 1), new(shape.Height - 1, 0), new(shape.Height - 1, shape.Width - 1), new(shape.Height / 2, shape.Width / 2),
    }.Distinct();

    /// <summary>The least rectangle around all pixels that are true, [height, width].</summary>
    private static PixelRegion Around(Tensor pixels)
    {
        var (rows, columns) = (Extent(pixels.any(1)), Extent(pixels.any(0)));
        return new(rows.First, columns.First, rows.Count, columns.Count);

        static (int First, int Count) Extent(Tensor any)
        {
            var places = any.nonzero().flatten().data<long>().ToArray();
            return places.Length == 0 ? default : ((int)places[0], (int)(places[^1] - places[0]) + 1);
        }
    }

    private static RandomNet Find(string name) => RandomNetworks.Nets.Single(net => net.Name == name);
}
