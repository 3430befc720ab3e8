using ZfDecl.Models;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests;

/// <summary>The shipped networks against hand calculation.</summary>
public class PaperNetworksTests
{
    [Fact]
    public void Zf8HasTheSizesOfFigure3()
    {
        // Zeiler & Fergus 2014, Fig. 3: 224 → 110 → 55 → 26 → 13 → 13 → 13 → 13 → 6 → 4096 → 4096 → 1000.
        Assert.Equal(
            ["96×110×110", "96×55×55", "256×26×26", "256×13×13", "384×13×13", "384×13×13", "256×13×13", "256×6×6", "4096×1×1", "4096×1×1", "1000×1×1"],
            Outputs(Zf8.Declaration));
    }

    [Fact]
    public void KrizhevskysNetHasTheSizesOfHisPaper()
    {
        // 227 → (227 − 11) / 4 + 1 = 55 → (55 − 3) / 2 + 1 = 27 → 27 (padding 2) → 13 → 13, 13, 13 (padding 1) → 6.
        Assert.Equal(
            ["96×55×55", "96×27×27", "256×27×27", "256×13×13", "384×13×13", "384×13×13", "256×13×13", "256×6×6", "4096×1×1", "4096×1×1", "1000×1×1"],
            Outputs(Krizhevsky.Declaration));
    }

    [Fact]
    public void Zf8HasTheParametersCountedByHand()
    {
        long[] expected =
        [
            (96 * 3 * 7 * 7) + 96,          //     14,208
            (256 * 96 * 5 * 5) + 256,       //    614,656
            (384 * 256 * 3 * 3) + 384,      //    885,120
            (384 * 384 * 3 * 3) + 384,      //  1,327,488
            (256 * 384 * 3 * 3) + 256,      //    884,992
            (256 * 6 * 6 * 4096) + 4096,    // 37,752,832
            (4096 * 4096) + 4096,           // 16,781,312
            (4096 * 1000) + 1000,           //  4,097,000
        ];
        Assert.Equal(expected, Zf8.Declaration.Layers.Where(layer => layer.Parameters > 0).Select(layer => layer.Parameters));
        Assert.Equal(62_357_608, Zf8.Declaration.Parameters);
    }

    [Fact]
    public void KrizhevskysGroupsHalveTheFiltersDepth()
    {
        long[] expected =
        [
            (96 * 3 * 11 * 11) + 96,        //     34,944
            (256 * 48 * 5 * 5) + 256,       //    307,456
            (384 * 256 * 3 * 3) + 384,      //    885,120
            (384 * 192 * 3 * 3) + 384,      //    663,936
            (256 * 192 * 3 * 3) + 256,      //    442,624
            (256 * 6 * 6 * 4096) + 4096,
            (4096 * 4096) + 4096,
            (4096 * 1000) + 1000,
        ];
        Assert.Equal(expected, Krizhevsky.Declaration.Layers.Where(layer => layer.Parameters > 0).Select(layer => layer.Parameters));
        Assert.Equal(60_965_224, Krizhevsky.Declaration.Parameters);
    }

    [Fact]
    public void Zf8MultipliesAndAddsAsCountedByHand() => Assert.Equal(
        (110L * 110 * 96 * 147) + (26L * 26 * 256 * 2400) + (169L * 384 * 2304) + (169L * 384 * 3456) + (169L * 256 * 3456) + (9216L * 4096) + (4096L * 4096) + (4096L * 1000),
        Zf8.Declaration.MultiplyAdds);

    [Theory]
    [InlineData("conv1", 7, 2, -1)]
    [InlineData("pool1", 11, 4, -1)]        // 7 + 2·2
    [InlineData("conv2", 27, 8, -1)]        // 11 + 4·4, stride 4·2
    [InlineData("pool2", 43, 16, -1)]       // 27 + 2·8
    [InlineData("conv3", 75, 16, -17)]      // 43 + 2·16, padding of 1 reaches 16 further out
    [InlineData("conv4", 107, 16, -33)]
    [InlineData("conv5", 139, 16, -49)]
    [InlineData("pool5", 171, 32, -49)]
    public void Zf8SeesWhatHandCalculationSays(string layer, int size, int stride, int offset) =>
        Assert.Equal(new ReceptiveField(size, size, stride, stride, offset, offset), Zf8.Declaration.Layer(layer).ReceptiveField);

    [Fact]
    public void ANetworkCanBeMadeForOtherClasses()
    {
        using var net = new Fashion(classes: 37);
        using var scores = net.call(zeros(2, 1, 28, 28));
        Assert.Equal([2, 37], scores.shape);
    }

    private static IEnumerable<string> Outputs(NetworkInfo net) =>
        net.Layers.Where(layer => layer.Kind is "conv" or "maxpool" or "dense").Select(layer => layer.Output.ToString());
}
