using ZfDecl.Models;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests;

/// <summary>The ablations of Zeiler &amp; Fergus 2014, §5.1, and the networks whose weights are about, against hand calculation.</summary>
public class FamilyTests
{
    // Layers that several of them share: maps · maps below · kernel² + biases, units · units below + biases.
    private const long Conv1Of7 = (96 * 3 * 7 * 7) + 96, Conv1Of11 = (96 * 3 * 11 * 11) + 96;
    private const long Conv2 = (256 * 96 * 5 * 5) + 256, Conv2InGroups = (256 * 48 * 5 * 5) + 256;
    private const long Conv3 = (384 * 256 * 3 * 3) + 384;
    private const long Conv4 = (384 * 384 * 3 * 3) + 384, Conv4InGroups = (384 * 192 * 3 * 3) + 384;
    private const long Conv5 = (256 * 384 * 3 * 3) + 256, Conv5InGroups = (256 * 192 * 3 * 3) + 256;
    private const long Fc6 = (256 * 6 * 6 * 4096) + 4096, Fc7 = (4096 * 4096) + 4096, Fc8 = (4096 * 1000) + 1000;
    private const long Fc6To2048 = (9216 * 2048) + 2048, Fc7Of2048 = (2048 * 2048) + 2048, Fc8Of2048 = (2048 * 1000) + 1000;
    private const long Fc6To8192 = (9216 * 8192) + 8192, Fc7Of8192 = (8192 * 8192) + 8192, Fc8Of8192 = (8192 * 1000) + 1000;
    private const long Conv3To512 = (512 * 256 * 3 * 3) + 512, Conv4To1024 = (1024 * 512 * 3 * 3) + 1024, Conv5From1024 = (512 * 1024 * 3 * 3) + 512;

    public static TheoryData<string> Networks => [.. DeclaredNetworks.All.Select(entry => entry.Info.Name)];

    [Fact]
    public void Zf8sAblationsHaveTheParametersCountedByHand()
    {
        long[] layers1To5 = [Conv1Of7, Conv2, Conv3, Conv4, Conv5];
        long[] wider = [Conv1Of7, Conv2, Conv3To512, Conv4To1024, Conv5From1024];
        AssertParameters(Zf8Units2048.Declaration, [.. layers1To5, Fc6To2048, Fc7Of2048, Fc8Of2048]);
        AssertParameters(Zf8Units8192.Declaration, [.. layers1To5, Fc6To8192, Fc7Of8192, Fc8Of8192]);
        AssertParameters(Zf8Maps512.Declaration, [.. wider, (512 * 6 * 6 * 4096) + 4096, Fc7, Fc8]);
        AssertParameters(Zf8Maps512Units8192.Declaration, [.. wider, (512 * 6 * 6 * 8192) + 8192, Fc7Of8192, Fc8Of8192]);
    }

    [Fact]
    public void KrizhevskysAblationsHaveTheParametersCountedByHand()
    {
        long[] layers1To5 = [Conv1Of11, Conv2InGroups, Conv3, Conv4InGroups, Conv5InGroups];
        long conv5On2 = (256 * 128 * 3 * 3) + 256;      // in two groups on the 256 maps of layer 2
        long fc8OnPool5 = (9216 * 1000) + 1000;
        AssertParameters(KrizhevskyWithout34.Declaration, [Conv1Of11, Conv2InGroups, conv5On2, Fc6, Fc7, Fc8]);
        AssertParameters(KrizhevskyWithout7.Declaration, [.. layers1To5, Fc6, Fc8]);
        AssertParameters(KrizhevskyWithout67.Declaration, [.. layers1To5, fc8OnPool5]);
        AssertParameters(KrizhevskyWithout3467.Declaration, [Conv1Of11, Conv2InGroups, conv5On2, fc8OnPool5]);
        AssertParameters(KrizhevskyUnits2048.Declaration, [.. layers1To5, Fc6To2048, Fc7Of2048, Fc8Of2048]);
        AssertParameters(KrizhevskyUnits8192.Declaration, [.. layers1To5, Fc6To8192, Fc7Of8192, Fc8Of8192]);
    }

    [Fact]
    public void TheNetworksInTheWildHaveTheParametersCountedByHand()
    {
        long[] krizhevsky = [Conv1Of11, Conv2InGroups, Conv3, Conv4InGroups, Conv5InGroups, Fc6, Fc7, Fc8];
        long[] zf = [Conv1Of7, Conv2, Conv3, Conv4, Conv5, Fc6, Fc7, Fc8];
        AssertParameters(BvlcAlexNet.Declaration, krizhevsky);
        AssertParameters(CaffeNet.Declaration, krizhevsky);
        AssertParameters(SppNetZeiler5.Declaration, zf);
        AssertParameters(ZfFasterRcnn.Declaration, zf);
        AssertParameters(TorchvisionAlexNet.Declaration,
        [
            (64 * 3 * 11 * 11) + 64, (192 * 64 * 5 * 5) + 192, (384 * 192 * 3 * 3) + 384, (256 * 384 * 3 * 3) + 256, (256 * 256 * 3 * 3) + 256, Fc6, Fc7, Fc8,
        ]);
        Assert.Equal(61_100_840, TorchvisionAlexNet.Declaration.Parameters);    // as torchvision's documentation states
        AssertParameters(Zfnet512.Declaration,
        [
            Conv1Of7, Conv2, Conv3To512, (512 * 512 * 3 * 3) + 512, (512 * 512 * 3 * 3) + 512, (18432 * 4096) + 4096, (4096 * 1024) + 1024, (1024 * 1000) + 1000,
        ]);
    }

    [Theory]
    [InlineData("Zf8Units2048", "110, 55, 26, 13, 13, 13, 13, 6")]
    [InlineData("Zf8Maps512", "110, 55, 26, 13, 13, 13, 13, 6")]
    [InlineData("KrizhevskyWithout34", "55, 27, 27, 13, 13, 6")]
    [InlineData("KrizhevskyWithout3467", "55, 27, 27, 13, 13, 6")]
    [InlineData("BvlcAlexNet", "55, 27, 27, 13, 13, 13, 13, 6")]        // rounding up changes nothing: (55 − 3) / 2 and (27 − 3) / 2 and (13 − 3) / 2 are whole
    [InlineData("CaffeNet", "55, 27, 27, 13, 13, 13, 13, 6")]
    [InlineData("TorchvisionAlexNet", "55, 27, 27, 13, 13, 13, 13, 6")] // (224 + 4 − 11) / 4 = 54.25
    [InlineData("Zfnet512", "109, 54, 25, 12, 12, 12, 12, 6")]          // (224 − 7) / 2 = 108.5, (109 − 3) / 2 = 53, (54 − 5) / 2 = 24.5, (25 − 3) / 2 = 11, 12 / 2
    [InlineData("SppNetZeiler5", "110, 55, 26, 13, 13, 13, 13, 6")]
    [InlineData("ZfFasterRcnn", "112, 57, 29, 15, 15, 15, 15, 6")]      // (224 + 6 − 7) / 2 = 111.5, ⌈(112 + 2 − 3) / 2⌉ = 56, (57 + 4 − 5) / 2 = 28, (29 + 2 − 3) / 2 = 14, (15 − 5) / 2 = 5
    public void TheirMapsHaveTheSidesCalculatedByHand(string name, string sides) => Assert.Equal(
        sides,
        string.Join(", ", Find(name).Info.Layers.Where(layer => layer.Kind is "conv" or "maxpool").Select(layer => layer.Output is var s && s.Height == s.Width ? s.Height : 0)));

    [Theory]
    [InlineData("Krizhevsky", "conv5", 163, 16)]            // 11/4, 19/8, + 4·8 = 51/8, + 2·8 = 67/16, + 2·16 three times
    [InlineData("KrizhevskyWithout34", "conv5", 99, 16)]    // 67/16, + 2·16 once
    [InlineData("TorchvisionAlexNet", "pool5", 195, 32)]    // 163/16, + 2·16
    [InlineData("Zfnet512", "pool5", 155, 32)]              // 7/2, 11/4, 27/8, 43/16, + 2·16 three times = 139/16, + 16
    [InlineData("SppNetZeiler5", "norm1", 11, 2)]           // 7/2, + 2·2 within the map
    [InlineData("ZfFasterRcnn", "conv5", 159, 16)]          // 7/2, 11/2, 15/4, 31/8, 47/8, 63/16, + 2·16 three times
    [InlineData("ZfFasterRcnn", "pool5", 223, 32)]          // + 4·16
    public void TheirUnitsSeeWhatHandCalculationSays(string name, string layer, int size, int stride)
    {
        var field = Find(name).Info.Layer(layer).ReceptiveField;
        Assert.Equal((size, size, stride, stride), (field.Height, field.Width, field.StrideY, field.StrideX));
    }

    [Theory]
    [InlineData("Krizhevsky", "relu1 norm1 pool1")]
    [InlineData("BvlcAlexNet", "relu1 norm1 pool1")]
    [InlineData("CaffeNet", "relu1 pool1 norm1")]
    [InlineData("Zf8", "relu1 pool1 norm1")]
    [InlineData("Zfnet512", "relu1 norm1 pool1")]
    [InlineData("SppNetZeiler5", "relu1 norm1 pool1")]
    [InlineData("ZfFasterRcnn", "relu1 norm1 pool1")]
    public void NormalisationStandsWhereItsAuthorsPutIt(string name, string order) =>
        Assert.Equal(order, string.Join(" ", Find(name).Info.Layers.Skip(1).Take(3).Select(layer => layer.Name)));

    [Theory]
    [InlineData("Krizhevsky", "size: 5, alpha: 0.0005, beta: 0.75, k: 2")]
    [InlineData("BvlcAlexNet", "size: 5, alpha: 0.0001, beta: 0.75, k: 1")]
    [InlineData("CaffeNet", "size: 5, alpha: 0.0001, beta: 0.75, k: 1")]
    [InlineData("SppNetZeiler5", "over: space, size: 3, alpha: 5E-05, beta: 0.75, k: 1")]
    [InlineData("ZfFasterRcnn", "over: space, size: 3, alpha: 5E-05, beta: 0.75, k: 1")]
    public void NormalisationHasTheirConstants(string name, string settings)
    {
        Assert.Contains($"{{ lrn: norm1, {settings} }}", Find(name).Info.ResolvedSpec, StringComparison.Ordinal);
        Assert.Contains($"{{ lrn: norm2, {settings} }}", Find(name).Info.ResolvedSpec, StringComparison.Ordinal);
    }

    /// <summary>At full size, with random weights.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void EveryShippedNetworkRunsRecordsItselfAndProjects(string name)
    {
        var (info, create) = (Find(name).Info, Find(name).Create);
        using var scope = NewDisposeScope();
        using var net = create(info.Classes);
        net.eval();
        using var noGrad = no_grad();
        using var generator = new Generator(1);
        var images = randn([1, info.Input.Maps, info.Input.Height, info.Input.Width], generator: generator);
        var scores = net.call(images);
        Assert.Equal([1, info.Classes], scores.shape);
        Assert.Equal(info.Parameters, net.parameters().Sum(parameter => parameter.numel()));

        using var seen = net.Record(images);
        foreach (var layer in info.Layers)
        {
            var shape = seen.Activation(layer.Index).shape;
            Assert.Equal([1L, layer.Output.Maps, layer.Output.Height, layer.Output.Width], shape.Length == 2 ? [.. shape, 1, 1] : shape);
        }
        Assert.InRange((seen.Activation(info.Scores.Index) - scores).abs().max().item<float>(), 0, 1e-4);

        var last = info.Layers.Last(layer => layer.Kind == "conv");
        using var deconvnet = net.CreateDeconvnet();
        var strongest = (int)seen.FeatureMaps(last.Index).amax([0, 2, 3]).argmax().item<long>();
        var pixels = deconvnet.Project(seen, last.Index, strongest);
        Assert.Equal(images.shape, pixels.shape);
        Assert.True(isfinite(pixels).all().item<bool>() && pixels.abs().max().item<float>() > 0);
    }

    private static void AssertParameters(NetworkInfo net, long[] expected) =>
        Assert.Equal(expected, net.Layers.Where(layer => layer.Parameters > 0).Select(layer => layer.Parameters));

    private static NetworkEntry Find(string name) => DeclaredNetworks.All.Single(entry => entry.Info.Name == name);
}
