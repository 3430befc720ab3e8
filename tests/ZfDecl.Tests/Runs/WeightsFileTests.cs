using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Runs;
using ZfDecl.Tests.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Runs;

public sealed class WeightsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ASecondNetworkLoadsWhatTheFirstHasSaved()
    {
        using var scope = NewDisposeScope();
        using var first = new SmallNet();
        using var second = new SmallNet();
        WeightsFile.Save(folder["w"], first);
        WeightsFile.LoadInto(folder["w"], second);

        Assert.Equal(first.conv1.weight.bytes.ToArray(), second.conv1.weight.bytes.ToArray());
        Assert.Equal(first.fc2.bias!.bytes.ToArray(), second.fc2.bias!.bytes.ToArray());
        Assert.Equal(["conv1.bias", "conv1.weight", "fc2.bias", "fc2.weight"], SafeTensorsFile.TensorShapes(folder["w"]).Keys.Order());
    }

    [Fact]
    public void TheNumberOfClassesIsReadFromTheFile()
    {
        using var network = new SmallNet(classes: 7);
        WeightsFile.Save(folder["w"], network);

        Assert.Equal(7, WeightsFile.Classes(folder["w"], SmallNet.Declaration));
    }

    [Fact]
    public void AFileThatDoesNotFitIsRefusedWithEveryDifferenceAndNothingIsLoaded()
    {
        using var scope = NewDisposeScope();
        using var network = new SmallNet();
        var before = network.conv1.weight.bytes.ToArray();
        SafeTensorsFile.Write(folder["w"],
        [
            new("conv1.weight", ones(4, 1, 3, 3)), new("fc2.bias", tensor(new[] { 0, float.NaN, 0 })), new("fc2.weight", ones(5, 64)),
            new("conv9.weight", ones(1)),
        ]);

        var error = Assert.Throws<ZfDeclException>(() => WeightsFile.LoadInto(folder["w"], network));

        Assert.Equal("ZF1203", error.Code);
        Assert.Contains("missing: conv1.bias [4]", error.Message, StringComparison.Ordinal);
        Assert.Contains("unexpected: conv9.weight [1]", error.Message, StringComparison.Ordinal);
        Assert.Contains("shape of fc2.weight: expected [3, 64], found [5, 64]", error.Message, StringComparison.Ordinal);
        Assert.Contains("values of fc2.bias: some are infinite or not a number", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.conv1.weight.bytes.ToArray());
    }

    [Fact]
    public void AFileOfAnotherNetworkHasNoNumberOfClasses()
    {
        using var scope = NewDisposeScope();
        SafeTensorsFile.Write(folder["w"], [new("fc8.weight", ones(10, 4))]);

        var error = Assert.Throws<ZfDeclException>(() => WeightsFile.Classes(folder["w"], SmallNet.Declaration));

        Assert.Contains("'fc2.weight' is missing; its tensors are fc8.weight", error.Message, StringComparison.Ordinal);
    }
}
