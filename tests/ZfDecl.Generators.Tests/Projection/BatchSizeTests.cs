using ZfDecl.Data.Batching;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>What is kept of an image does not depend, to the bit, on the images beside it.</summary>
public class BatchSizeTests
{
    private const int FlatImages = 1000, Side = 11;

    // Of numbers of maps that fill no vector, libtorch's convolution of two images rounds a flat area otherwise from place to place than that of one.
    private const string Spec = """
        network: Small
        input: { channels: 3, height: 11, width: 11 }
        classes: 4
        data: pictures
        layers:
          - { conv: conv1, maps: 6, kernel: 3, padding: 1 }
          - { relu: relu1 }
          - { maxpool: pool1, kernel: 3, stride: 1 }
          - { lrn: norm1, size: 5, alpha: 5e-4, beta: 0.75, k: 2 }
          - { conv: conv2, maps: 10, kernel: 3 }
          - { relu: relu2 }
          - { maxpool: pool2, kernel: 3, stride: 2 }
          - { dense: fc3 }

        """;

    public static TheoryData<string> Random => [.. RandomNetworks.Nets.Concat(RandomNetworks.Wide).Select(net => net.Name)];

    [Fact]
    public void EveryWindowOfAThousandFlatImagesHasTheSameSwitchInEveryBatch()
    {
        random.manual_seed(3);
        using var scope = NewDisposeScope();
        using var net = SpecCompilation.Of(("specs/small.yaml", Spec)).Create("Small");
        var greys = arange(1, FlatImages + 1, ScalarType.Float32) * (16f / FlatImages);      // not mean-subtracted: all units of a flat map are equal but for rounding
        var images = greys.view(-1, 1, 1, 1).expand(-1, 3, Side, Side).contiguous();
        AssertSame(net, images, "flat");
    }

    [Theory]
    [MemberData(nameof(Random))]
    public void ARecordingKeepsTheSameBitsOfAnImageAloneAndAmongOthers(string name)
    {
        using var scope = NewDisposeScope();
        var random = RandomNetworks.Nets.Concat(RandomNetworks.Wide).Single(net => net.Name == name);
        using var net = RandomNetworks.Create(random, seed: 7);
        var images = DeconvnetTests.Image(random, 7, count: 16);
        AssertSame(net, images, name);
    }

    [Theory]
    [MemberData(nameof(Random))]
    public void AShownUnitIsTheStrongestOfTheImageAloneWhateverBatchesWereSearched(string name)
    {
        using var scope = NewDisposeScope();
        using var net = RandomNetworks.Create(RandomNetworks.Nets.Concat(RandomNetworks.Wide).Single(net => net.Name == name), seed: 7);
        var images = new RandomImages(net.Info.Input, 9);
        string[] layers = [.. net.Info.Layers.Where(layer => layer.Role == LayerRole.Convolution).Select(layer => layer.Name)];
        foreach (var batch in new[] { 1, 4, 9 })
        {
            var search = new FeatureVisualization(net, images, images.Preprocessor(), new() { Layers = layers, Top = 3, Batch = batch }, new SilentLog());
            foreach (var (found, maps) in search.Project(search.FindStrongest()))
            {
                foreach (var map in maps)
                {
                    Assert.Equal(found.Of(map.Map).ToArray(), map.Units.Select(unit => unit.Unit));
                    Assert.All(map.Units, unit => Assert.Equal(StrongestAlone(net, images, found.Layer, map.Map, unit.Unit.Image), unit.Unit));
                }
            }
        }
    }

    private static TopUnit StrongestAlone(ConvNet net, RandomImages images, LayerInfo layer, int map, int image)
    {
        using var scope = NewDisposeScope();
        using var batch = Batches.InOrder(images, images.Preprocessor(), 1, CPU, first: image, count: 1).Single();
        using var seen = net.Record(batch.Images);
        float[] values = [.. seen.FeatureMaps(layer.Index)[0, map].contiguous().data<float>()];
        var place = Array.IndexOf(values, values.Max());
        return new(values[place], image, place / layer.Output.Width, place % layer.Output.Width);
    }

    private static void AssertSame(ConvNet net, Tensor images, string name)
    {
        var alone = Kept(net, images, together: 1);
        var mapsFirst = images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        foreach (var (what, kept) in new[] { ("2 at once", Kept(net, images, 2)), ("4 at once", Kept(net, images, 4)), ("16 at once", Kept(net, images, 16)), ("16 in another order of memory", Kept(net, mapsFirst, 16)) })
        {
            foreach (var layer in net.Info.Layers.Where(layer => layer.Kind == "maxpool"))
            {
                var differ = kept[layer.Index].Switches!.ne(alone[layer.Index].Switches!);
                Assert.True(!differ.any().item<bool>(), $"{name}, {what}: {differ.sum().item<long>()} of {differ.numel()} switches of {layer.Name} differ");
            }
            foreach (var layer in net.Info.Layers)
                Assert.True(kept[layer.Index].Activation.eq(alone[layer.Index].Activation).all().item<bool>(), $"{name}, {what}: values of {layer.Name} differ");
        }
    }

    /// <summary>What recordings of some images at once each keep of every layer, joined.</summary>
    private static (Tensor Activation, Tensor? Switches)[] Kept(ConvNet net, Tensor images, int together)
    {
        Recording[] seen = [.. images.split(together).Select(net.Record)];
        return [.. net.Info.Layers.Select(layer => (
            cat([.. seen.Select(some => some.Activation(layer.Index))]),
            layer.Kind == "maxpool" ? cat([.. seen.Select(some => some.Switches(layer.Index))]) : null))];
    }
}
