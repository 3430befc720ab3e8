using ZfDecl.Cli;
using ZfDecl.Interchange.Tests.Onnx;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Interchange.Tests;

/// <summary><c>-t:Import</c> as a user runs it.</summary>
public sealed class HostTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AModelBecomesASpecAndAFinishedRun()
    {
        File.WriteAllBytes(folder["small-net.onnx"], Classifier().ToBytes());
        File.WriteAllText(folder["labels.txt"], "n01440764 tench, Tinca tinca\nn01443537 crane\nn01484850 crane\n");
        var (code, output) = Run("import", $"--from={folder["small-net.onnx"]}", $"--labels={folder["labels.txt"]}");
        Assert.True(code == 0, output);
        Assert.Contains("look at it with: dotnet msbuild -t:Visualize -p:Spec=SmallNet -p:Run=imported", output, StringComparison.Ordinal);
        var spec = File.ReadAllText(folder["specs", "small-net.yaml"]);
        Assert.Contains("# Imported from small-net.onnx (ONNX opset 13, written by hand 1).\n# SHA-256 ", spec, StringComparison.Ordinal);
        Assert.Contains("# Licence: CC0.\n", spec, StringComparison.Ordinal);

        var run = RunDirectory.OpenFinished(folder["artifacts", "SmallNet", "imported"]);
        Assert.Equal(["tench, Tinca tinca", "crane", "crane (2)"], run.Record.Classes);
        Assert.Equal(("small-net.onnx", "ONNX opset 13", "CC0"), (run.Record.Imported!.File, run.Record.Imported.Format, run.Record.Imported.Licence));
        using var network = Imported.OfFile(folder["small-net.onnx"], "SmallNet") is var again ? Compiled.All([again])[0] : null!;
        Assert.Equal(network.Info.SpecHash, run.Record.SpecHash);
        using var loaded = run.LoadNetwork(new(network.Info, classes => (ConvNet)Activator.CreateInstance(network.GetType(), classes)!), new SilentLog());
        float[] image = [.. Enumerable.Range(0, 192).Select(i => i / 192f)];
        Assert.Equal(Compiled.Run(network, image, 1, false), Compiled.Run(loaded, image, 1, false));
    }

    [Fact]
    public void WhatIsThereIsNotWrittenOver()
    {
        File.WriteAllBytes(folder["net.onnx"], Classifier().ToBytes());
        Assert.Equal(0, Run("import", $"--from={folder["net.onnx"]}").Code);
        Assert.Contains("ZF1606", Run("import", $"--from={folder["net.onnx"]}").Output, StringComparison.Ordinal);
        Directory.Delete(folder["artifacts", "Net", "x"][..^2], recursive: true);
        Assert.Equal(0, Run("import", $"--from={folder["net.onnx"]}").Code);         // the spec is the same, the run is gone
        Directory.Delete(folder["artifacts", "Net", "x"][..^2], recursive: true);
        File.AppendAllText(folder["specs", "net.yaml"], "# mine\n");
        Assert.Contains("ZF1606", Run("import", $"--from={folder["net.onnx"]}").Output, StringComparison.Ordinal);
        Assert.EndsWith("# mine\n", File.ReadAllText(folder["specs", "net.yaml"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ZF1601")]
    [InlineData("ZF1601", "--from=nowhere.onnx")]
    [InlineData("ZF1601", "--from=zip.pth")]
    [InlineData("ZF1602", "--from=text.onnx")]
    [InlineData("ZF1607", "--from=net.onnx", "--labels=text.onnx")]
    [InlineData("ZF1003", "--from=net.onnx", "--name=net")]
    [InlineData("ZF1003", "--package=NoVersion")]
    public void WhatIsWrongHasACode(string code, params string[] given)
    {
        File.WriteAllBytes(folder["net.onnx"], Classifier().ToBytes());
        File.WriteAllText(folder["text.onnx"], "only\ntext\n");
        File.WriteAllBytes(folder["zip.pth"], [(byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0]);
        var (exit, output) = Run(["import", .. given.Select(option => option.StartsWith("--from=", StringComparison.Ordinal) || option.StartsWith("--labels=", StringComparison.Ordinal) ? option.Insert(option.IndexOf('=', StringComparison.Ordinal) + 1, folder.Path + "/") : option)]);
        Assert.Equal(1, exit);
        Assert.Contains(code, output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "specs")));
    }

    private (int Code, string Output) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        var code = new Host([], output, output).Run([.. arguments, $"--root={folder.Path}"]);
        return (code, output.ToString());
    }

    private static ModelWriter Classifier()
    {
        var model = new ModelWriter(13, 1, 3, 8, 8);
        (model.Model.ProducerName, model.Model.ProducerVersion) = ("hand", "1");
        model.Model.MetadataProps.Add(new Interchange.Onnx.Proto.StringStringEntryProto { Key = "licence", Value = "CC0" });
        var x = model.Node("Conv", [model.Image, model.Constant([.. Enumerable.Range(0, 108).Select(i => MathF.Sin(i))], 4, 3, 3, 3)]);
        x = model.Node("BatchNormalization", [x, .. Enumerable.Range(1, 4).Select(i => model.Constant([1, 2, 3, i], 4))]);
        return model.Yield(model.Node("Gemm", [model.Node("GlobalAveragePool", [x]) is var pooled ? model.Node("Flatten", [pooled]) : "", model.Constant([.. Enumerable.Range(0, 12).Select(i => MathF.Cos(i))], 4, 3), model.Constant([1, 2, 3], 3)]));
    }
}
