using TorchSharp;
using ZfDecl.Files;
using ZfDecl.Runs;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Host;

/// <summary>Trainings that begin with the weights of a run, or of a file. At a rate of 1e-12 what a training ends with is what it began with.</summary>
[Collection(Alone.Name)]
public sealed class StartTests : ShippedNetworks
{
    private readonly TemporaryFolder images = new();

    public StartTests()
    {
        foreach (var name in (string[])["cat", "dog", "fish"])
        {
            for (var i = 0; i < 6; i++)
                File.WriteAllBytes(images[$"{name}/{i}.png"], Pictures.Png(28, 28, Pictures.Noise));
        }
    }

    private static string Shipped => Repository.PathOf("specs/weights/Fashion/weights.safetensors");

    [Fact]
    public void AFinishedRunIsExtendedByOneThatBeginsWithAllItsWeights()
    {
        Assert.True(Train("--run=first") == 0, errors.ToString());
        Assert.True(Train("--run=longer", "--start=first") == 0, errors.ToString());
        AssertSame(PathOf("first", "weights.safetensors"), PathOf("longer", "weights.safetensors"));
        var parent = RunRecord.Read(PathOf("longer", "run.json")).Parent!;
        Assert.Equal(("Fashion/first", 1), (parent.Name, parent.Epoch));
        Assert.Empty(parent.NewLayers);
        Assert.Equal(64, parent.WeightsSha256.Length);
        Assert.Null(RunRecord.Read(PathOf("first", "run.json")).Parent);
        Assert.Contains("it begins with the weights of Fashion/first, epoch 1", output.ToString(), StringComparison.Ordinal);

        Assert.Equal(1, Train("--run=first", "--start=first"));
        Assert.Contains("error ZF1406: -p:Start=first: run 'first' cannot begin with itself; name the new run with -p:Run=…", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Train("--run=second", "--start=gone"));
        Assert.Contains("error ZF1207: there is no run", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fashion/shipped")]
    [InlineData("the file")]
    public void OtherClassesGetANewLastLayerAndTheOthersAreTaken(string start)
    {
        Assert.True(Train($"--start={(start == "the file" ? Shipped : start)}") == 0, errors.ToString());
        AssertSame(Shipped, PathOf("default", "weights.safetensors"), "fc5.weight", "fc5.bias");
        Assert.Equal([3, 256], SafeTensorsFile.TensorShapes(PathOf("default", "weights.safetensors"))["fc5.weight"]);
        Assert.Equal(["fc5"], RunRecord.Read(PathOf("default", "run.json")).Parent!.NewLayers);
        Assert.Contains("; new: fc5", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void LayersWhoseRateIsZeroStayAsTheyBeganWhileTheOthersLearn()
    {
        Assert.True(Run("train", "--spec=Fashion", $"--data={images.Path}", "--epochs=1", "--batch=8", "--start=Fashion/shipped", "--learning-rate=0.01", "--rates=conv1:0+conv2:0+conv3:0") == 0, errors.ToString());
        AssertSame(Shipped, PathOf("default", "weights.safetensors"), "fc4.weight", "fc4.bias", "fc5.weight", "fc5.bias");
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertSame(Shipped, PathOf("default", "weights.safetensors"), "fc5.weight", "fc5.bias"));
    }

    [Fact]
    public void WeightsThatDoNotFitAreNamedWithTheirShapesBeforeAnythingIsWritten()
    {
        Assert.Equal(1, Run("train", "--spec=FashionFull", $"--data={images.Path}", "--epochs=1", $"--start={Shipped}"));
        Assert.Contains("error ZF1405: ", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("conv3.weight is [128, 64, 3, 3] here and [64, 64, 3, 3] there", errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(artifacts.Path, "FashionFull")));
    }

    private int Train(params string[] more) => Run("train", ["--spec=Fashion", $"--data={images.Path}", "--epochs=1", "--batch=8", "--learning-rate=1e-12", "--weight-decay=0", .. more]);

    private string PathOf(string run, string file) => Path.Combine(artifacts.Path, "Fashion", run, file);

    private static void AssertSame(string expected, string actual, params string[] but)
    {
        using var scope = torch.NewDisposeScope();
        var (one, other) = (SafeTensorsFile.Read(expected), SafeTensorsFile.Read(actual));
        Assert.Equal(one.Keys.Order(), other.Keys.Order());
        Assert.All(one.Keys.Except(but), name => Assert.InRange((one[name] - other[name]).abs().max().item<float>(), 0, 1e-9f));
    }
}
