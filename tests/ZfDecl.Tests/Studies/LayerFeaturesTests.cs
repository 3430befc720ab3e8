using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Studies.Transfer;
using ZfDecl.Tests.Runs;
using ZfDecl.Tests.Training;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Studies;

[Collection(Alone.Name)]
public sealed class LayerFeaturesTests : IDisposable
{
    private const int Images = 1100;                                    // three files: 512, 512 and 76

    private static readonly int[] All = [.. Enumerable.Range(0, Images)];

    private readonly TemporaryFolder folder = new();
    private readonly ImageData data = SmallData.Create(train: 1000, validation: 100);
    private readonly SmallNet network = new();
    private int seen;

    public LayerFeaturesTests()
    {
        random.manual_seed(1);
        Initialization.Apply(network, null);
        network.eval();
    }

    public void Dispose()
    {
        network.Dispose();
        data.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(EvaluationCrops.Centre)]
    [InlineData(EvaluationCrops.Ten)]                                   // an image of the input's size, and its mirror image
    public void TheyAreTheRectifiedMapsOfEachImageAveragedOverItsCrops(EvaluationCrops crops)
    {
        var source = Source(crops: crops);
        using var features = Open(source, "conv1");
        int[] wanted = [1099, 3, 512, 3];
        using var scope = NewDisposeScope();
        var rows = features.Rows(wanted);
        Assert.Equal([4, 4 * 8 * 8], rows.shape);
        for (var i = 0; i < wanted.Length; i++)
        {
            var (pixels, input) = (new byte[64], new float[64]);
            source.Images.Read(wanted[i], pixels);
            SmallData.Preprocessor(data).Evaluation(pixels, input);
            using var alone = network.Record(tensor(input).reshape(1, 1, 8, 8));
            using var mirrored = network.Record(tensor(input.Chunk(8).SelectMany(line => line.Reverse()).ToArray()).reshape(1, 1, 8, 8));
            var naive = crops == EvaluationCrops.Centre ? alone.Activation(1) : (alone.Activation(1) + mirrored.Activation(1)) / 2;
            Assert.True(rows[i].allclose(naive.flatten(), 1e-5, 1e-6));
            Assert.True(rows[i].ge(0).all().item<bool>());
        }
    }

    [Fact]
    public void TheyAreMadeOnceAndOnlyADamagedFileIsMadeAgain()
    {
        using (var first = Open(Source(), "pool1"))
            Assert.Equal(Images, seen);
        using (var second = Open(Source(), "pool1"))
            Assert.Equal(Images, seen);

        var files = Directory.GetFiles(folder.Path, "*.safetensors", SearchOption.AllDirectories).Order().ToArray();
        Assert.Equal(3, files.Length);
        var bytes = File.ReadAllBytes(files[2]);
        var whole = bytes.ToArray();
        bytes[^100] ^= 1;
        File.WriteAllBytes(files[2], bytes);
        using (var third = Open(Source(), "pool1"))
            Assert.Equal(Images + 76, seen);
        Assert.Equal(whole, File.ReadAllBytes(files[2]));

        File.WriteAllBytes(files[1], bytes[..1000]);
        using (var fourth = Open(Source(), "pool1"))
            Assert.Equal(Images + 76 + 512, seen);
    }

    [Fact]
    public void AFileThatIsDamagedAfterItWasOpenedIsNamed()
    {
        using var features = Open(Source(), "conv1");
        var file = Directory.GetFiles(folder.Path, "0000.safetensors", SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        var refusal = Assert.Throws<ZfDeclException>(() => features.Rows([3]));
        Assert.Equal(("ZF1227", file), (refusal.Code, refusal.File));
    }

    [Fact]
    public void OtherWeightsImagesOrCropsHaveFeaturesOfTheirOwn()
    {
        using (var one = Open(Source(), "pool1"))
        using (var other = Open(Source("other images"), "pool1"))
            Assert.Equal(2 * Images, seen);
        using (var cropped = Open(Source(crops: EvaluationCrops.Ten), "pool1"))
            Assert.Equal(3 * Images, seen);
        using (no_grad())
            network.fc2.bias!.fill_(7);
        using var changed = Open(Source(), "pool1");
        Assert.Equal(4 * Images, seen);
    }

    [Fact]
    public void OnlyTheImagesThatAreWantedAreSeen()
    {
        using var all = Open(Source(), "pool1");
        using var some = Open(Source(), "pool1", [3, 700, 1099]);
        Assert.Equal(Images + 3, seen);
        using var scope = NewDisposeScope();
        Assert.True(all.Rows([1099, 700]).allclose(some.Rows([1099, 700]), 1e-5, 1e-6));
    }

    [Fact]
    public void SeveralLayersTakeOnePassAndNoTensorIsLeft()
    {
        var source = Source();
        var before = LiveTensors.CountAfterCollection();
        foreach (var features in LayerFeatures.Open(source, [.. SmallNet.Declaration.Layers.Take(3)], All, folder.Path, new ListeningLog(_ => { })))
        {
            features.Rows([0, 600]).Dispose();
            features.Dispose();
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void TheFeatureLayersAreWhatEachLayerOfWeightsTakesIn() =>
        Assert.Equal(["pool1"], PaperLayers.Of(SmallNet.Declaration).Select(layer => layer.Name));

    private FeatureSource Source(string hash = "images", EvaluationCrops crops = EvaluationCrops.Centre) =>
        new(network, new CountingSet(new ConcatImageSet(data), () => Interlocked.Increment(ref seen)), hash, SmallData.Preprocessor(data), crops);

    private LayerFeatures Open(FeatureSource source, string layer, int[]? images = null) =>
        LayerFeatures.Open(source, [SmallNet.Declaration.Layer(layer)], images ?? All, folder.Path, new ListeningLog())[0];

    private sealed class CountingSet(ImageSet images, Action read) : ImageSet(images.Shape, images.Classes)
    {
        public override int Count => images.Count;

        public override int Label(int index) => images.Label(index);

        public override string NameOf(int index) => images.NameOf(index);

        public override void Read(int index, Span<byte> output)
        {
            read();
            images.Read(index, output);
        }
    }
}
