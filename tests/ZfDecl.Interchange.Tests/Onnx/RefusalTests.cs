using Google.Protobuf;
using ZfDecl.Interchange.Onnx.Proto;

namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>What cannot be declared is said all at once; what is damaged is refused, and nothing outside of the model's folder is read.</summary>
public class RefusalTests
{
    [Fact]
    public void EverythingThatCannotBeDeclaredIsSaidAtOnce()
    {
        var model = new ModelWriter(13, 1, 3, 8, 8);
        var x = model.Node("Conv", [model.Image, model.Constant(new float[12], 4, 3, 1, 1)]);
        var y = model.Node("Resize", [model.Node("LSTM", [x])]);
        var z = model.Node("Mish", [model.Node("Relu", [x])]);
        var w = model.Node("Mish", [x]);
        var error = Imported.Refusal(model.Yield(model.Node("Sum", [y, z, w, model.Node("QLinearConv", [x])])).ToBytes());
        Assert.Equal("ZF1603", error.Code);
        Assert.Contains("4 parts of", error.Message, StringComparison.Ordinal);
        Assert.Contains("LSTM, once", error.Message, StringComparison.Ordinal);
        Assert.Contains("Mish, 2 times", error.Message, StringComparison.Ordinal);
        Assert.Contains("QLinearConv, once", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Resize", error.Message, StringComparison.Ordinal);       // it takes what the LSTM yields
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("folder/../../secret.bin")]
    [InlineData("link/secret.bin")]
    [InlineData("")]
    public void WeightsBesideAModelAreReadFromItsOwnFolderAlone(string location)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["secret.bin"], new byte[48]);
        File.WriteAllBytes(folder["model", "folder", "none.bin"], new byte[48]);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "model", "link"), folder.Path);
        var model = new ModelWriter(13, 1, 3, 8, 8);
        var tensor = new TensorProto { Name = "w", DataType = 1, DataLocation = 1 };
        tensor.Dims.AddRange([4, 3, 1, 1]);
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        model.Graph.Initializer.Add(tensor);
        File.WriteAllBytes(folder["model", "model.onnx"], model.Yield(model.Node("Conv", [model.Image, "w"])).ToBytes());
        Assert.Equal("ZF1604", Assert.Throws<ZfDecl.Messages.ZfDeclException>(() => Imported.OfFile(folder["model", "model.onnx"])).Code);
    }

    [Fact]
    public void AFunctionThatCallsItselfIsRefused()
    {
        var model = new ModelWriter(13, 1, 3, 8, 8);
        var function = new FunctionProto { Name = "again", Domain = "own" };
        function.Input.Add("x");
        function.Output.Add("y");
        function.Node.Add(ModelWriter.Make("again", ["x"], ["a"]));
        function.Node.Add(ModelWriter.Make("again", ["a"], ["y"]));
        foreach (var node in function.Node)
            node.Domain = "own";
        model.Model.Functions.Add(function);
        model.Graph.Node.Add(ModelWriter.Make("again", ["image"], ["end"]));
        model.Graph.Node[^1].Domain = "own";
        Assert.Equal("ZF1602", Imported.Refusal(model.Yield("end").ToBytes()).Code);
    }

    [Fact]
    public void ATensorThatPromisesMoreThanItHoldsIsRefused()
    {
        var model = new ModelWriter(13, 1, 3, 8, 8);
        var tensor = new TensorProto { Name = "w", DataType = 1, RawData = ByteString.CopyFrom(new byte[16]) };
        tensor.Dims.AddRange([1 << 20, 1 << 10, 1, 1]);
        model.Graph.Initializer.Add(tensor);
        Assert.Equal("ZF1602", Imported.Refusal(model.Yield(model.Node("Conv", [model.Image, "w"])).ToBytes()).Code);
    }

    [Fact]
    public void AWeightThatIsNoNumberIsRefusedWhenItIsWritten()
    {
        using var folder = new TemporaryFolder();
        var model = new ModelWriter(13, 1, 3, 8, 8);
        var network = Imported.Of(folder, model.Yield(model.Node("Conv", [model.Image, model.Constant([1, float.NaN, 1], 1, 3, 1, 1)])).ToBytes());
        var error = Assert.Throws<ZfDecl.Messages.ZfDeclException>(() => Interchange.Runs.ImportedRun.Write(network, [], null, folder["specs", "x.yaml"], folder["artifacts", "X", "imported"], ""));
        Assert.Equal("ZF1602", error.Code);
        Assert.False(File.Exists(folder["specs", "x.yaml"]));
    }
}
