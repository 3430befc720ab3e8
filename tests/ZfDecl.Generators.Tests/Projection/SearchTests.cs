using ZfDecl.Data.Batching;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>The search along the forward pass, which keeps nothing, against sorting all that the pass yields layer by layer; to the bit, on random networks.</summary>
public class SearchTests
{
    private const int Images = 23, Batch = 4, Top = 4;

    public static TheoryData<string, PerImage> Cases
    {
        get
        {
            var data = new TheoryData<string, PerImage>();
            foreach (var (index, net) in RandomNetworks.Nets.Concat(RandomNetworks.Wide).Index())
                data.Add(net.Name, index % 5 == 0 ? PerImage.All : PerImage.One);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ItFindsWhatSortingEveryUnitFinds(string name, PerImage perImage)
    {
        using var net = Create(name);
        var images = new RandomImages(net.Info.Input, Images);
        var expected = BySorting(net, images, perImage);
        string[] all = [.. net.Info.Layers.Select(layer => layer.Name)], convs = [.. net.Info.Layers.Where(layer => layer.Kind == "conv").Select(layer => layer.Name)];
        // The convolutions alone leave what follows them joined; all layers at once take the passes apart; one layer ends the pass early.
        foreach (var layers in new[] { convs, all, [convs[0]], [all[^1], all[1]] })
        {
            foreach (var found in Search(net, images, layers, perImage).FindStrongest())
                AssertSame(expected[found.Layer.Index], found, name);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ShardsJoinedAreTheWholeSearch(string name, PerImage perImage)
    {
        using var net = Create(name);
        var images = new RandomImages(net.Info.Input, Images);
        var search = Search(net, images, [.. net.Info.Layers.Where(layer => layer.Kind is "conv" or "dense").Select(layer => layer.Name)], perImage);
        var (whole, joined) = (search.FindStrongest(), search.NothingFound());
        foreach (var number in new[] { 3, 1, 2 })
        {
            foreach (var (units, part) in joined.Zip(search.FindStrongest(new(number, 3))))
                units.Add(part);
        }
        foreach (var (one, other) in whole.Zip(joined))
            AssertSame([.. Enumerable.Range(0, one.Layer.Output.Maps).Select(map => one.Of(map).ToArray())], other, name);
    }

    [Fact]
    public void ALayerIsShownOnceWithTheValuesThatARecordingKeeps()
    {
        var random = RandomNetworks.Wide[1];
        using var scope = NewDisposeScope();
        using var net = RandomNetworks.Create(random, 1);
        var images = DeconvnetTests.Image(random, 1, count: 3);
        var (before, seen, shown) = (images.clone(), net.Record(images), new List<int>());
        net.ForwardWithHooks(images, net.Info.Layers.Select(layer => layer.Index).ToHashSet(), (layer, maps, rows) =>
        {
            shown.Add(layer);
            Assert.Null(rows);
            Assert.True(maps.allclose(seen.Activation(layer), rtol: 1e-5, atol: 1e-6), net.Info.Layers[layer].Name);        // a recording rounds each image by itself
        });
        Assert.Equal(net.Info.Layers.Select(layer => layer.Index), shown);
        Assert.True(images.eq(before).all().item<bool>());
    }

    [Fact]
    public void AnActivationThatIsNoNumberIsNamedOnTheJoinedWayToo()
    {
        using var net = Create(RandomNetworks.Wide.First(IsJoinedAtFirst).Name);
        using (no_grad())
            net.get_parameter("conv1.weight")![5].fill_(float.NaN);
        var error = Assert.Throws<ZfDeclException>(() => Search(net, new RandomImages(net.Info.Input, 3), ["conv1"], PerImage.One).FindStrongest());
        Assert.Equal("ZF1403", error.Code);
        Assert.Contains("layer 'conv1', map 5, image 0", error.Message, StringComparison.Ordinal);

        static bool IsJoinedAtFirst(RandomNet net) => net.Layers[1] is RandomNet.Relu && net.Layers[2] is RandomNet.Pool { Max: true, Up: true };
    }

    private static ConvNet Create(string name) => RandomNetworks.Create(RandomNetworks.Nets.Concat(RandomNetworks.Wide).Single(net => net.Name == name), seed: 7);

    private static FeatureVisualization Search(ConvNet net, RandomImages images, string[] layers, PerImage perImage) =>
        new(net, images, images.Preprocessor(), new() { Layers = layers, Top = Top, PerImage = perImage, Batch = Batch }, new SilentLog());

    /// <summary>For each layer and map, every unit above 0 of every image in one list, sorted.</summary>
    private static TopUnit[][][] BySorting(ConvNet net, RandomImages images, PerImage perImage)
    {
        var units = net.Info.Layers.Select(layer => Enumerable.Range(0, layer.Output.Maps).Select(_ => new List<TopUnit>()).ToArray()).ToArray();
        foreach (var batch in Batches.InOrder(images, images.Preprocessor(), Batch, CPU))
        {
            using var scope = NewDisposeScope();
            var maps = new Dictionary<int, float[]>();
            net.ForwardWithHooks(batch.Images, net.Info.Layers.Select(layer => layer.Index).ToHashSet(), (layer, shown, _) => maps[layer] = [.. shown.contiguous().data<float>()]);
            foreach (var layer in net.Info.Layers)
            {
                var (values, width, length) = (maps[layer.Readout], layer.Output.Width, layer.Output.Height * layer.Output.Width);
                for (var i = 0; i < values.Length; i++)
                {
                    if (values[i] > 0)
                        units[layer.Index][i / length % layer.Output.Maps].Add(new(values[i], batch.Indices[i / length / layer.Output.Maps], i % length / width, i % width));
                }
            }
            batch.Dispose();
        }
        return [.. units.Select(maps => maps.Select(Strongest).ToArray())];

        TopUnit[] Strongest(List<TopUnit> map)
        {
            var ranked = map.OrderByDescending(unit => unit.Value).ThenBy(unit => unit.Image).ThenBy(unit => unit.Y).ThenBy(unit => unit.X);
            return [.. (perImage == PerImage.One ? ranked.DistinctBy(unit => unit.Image) : ranked).Take(Top)];
        }
    }

    private static void AssertSame(TopUnit[][] expected, TopUnits found, string name)
    {
        for (var map = 0; map < expected.Length; map++)
            Assert.True(expected[map].AsSpan().SequenceEqual(found.Of(map)), $"{name}, {found.Layer.Name}, map {map}: {string.Join(", ", expected[map])} are expected, {string.Join(", ", found.Of(map).ToArray())} found");
    }
}
