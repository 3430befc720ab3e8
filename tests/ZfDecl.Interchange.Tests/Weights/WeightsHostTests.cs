using System.Runtime.InteropServices;
using ZfDecl.Cli;
using ZfDecl.Interchange.Tests.Exports;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Interchange.Tests.Weights;

/// <summary><c>-t:Import -p:Spec=</c> as a user runs it.</summary>
public sealed class WeightsHostTests : IDisposable
{
    private const string Spec = """
        network: Small
        input: { channels: 3, height: 6, width: 6 }
        classes: 3
        layers:
          - { conv: conv1, maps: 4, kernel: 3, bias: false }
          - { batchnorm: bn1 }
          - { relu: relu1 }
          - { dense: fc }
        preprocess: { subtract: channel-mean, divide: std, mean: [1, 2, 3], std: [4, 5, 6] }
        """;

    private static readonly Lazy<IReadOnlyList<NetworkEntry>> Networks = new(() => Exported.Compile(Spec, Spec.Replace("Small", "Measured", StringComparison.Ordinal).Replace(", mean: [1, 2, 3], std: [4, 5, 6]", "", StringComparison.Ordinal)));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WeightsOfPyTorchBecomeAFinishedRun()
    {
        using var net = Exported.Create(Named("Small"));
        File.WriteAllBytes(folder["weights.pth"], Saved(net, name => $"module.{name}").ToZip());
        File.WriteAllText(folder["labels.txt"], "cat\ndog\nhen\n");
        var (code, said) = Run("--spec=Small", $"--from={folder["weights.pth"]}", $"--labels={folder["labels.txt"]}");
        Assert.True(code == 0, said);
        Assert.Contains("7 tensors of 319 values, found by name", said, StringComparison.Ordinal);
        Assert.Contains("  bn1 from module.bn1.weight, module.bn1.bias, module.bn1.running_mean, module.bn1.running_var", said, StringComparison.Ordinal);
        Assert.DoesNotContain("ZF15", said, StringComparison.Ordinal);

        var run = RunDirectory.OpenFinished(folder["artifacts", "Small", "imported"]);
        Assert.Equal(["cat", "dog", "hen"], run.Record.Classes);
        Assert.Equal(("weights.pth", "PyTorch", "labels.txt", "module.fc.bias"), (run.Record.Imported!.File, run.Record.Imported.Format, run.Record.Imported.Labels, run.Record.Imported.Weights!["fc.bias"]));
        using var loaded = run.LoadNetwork(Named("Small"), new SilentLog());
        var images = Exported.Images(net.Info, 1);
        Assert.Equal(Compiled.Run(net, images, 1, false), Compiled.Run(loaded, images, 1, false));
        Assert.Equal(640, loaded.state_dict()["bn1.num_batches_tracked"].item<long>());
    }

    [Fact]
    public void AnotherNumberOfClassesIsTheFiles()
    {
        using var net = Exported.Create(Named("Small"), classes: 5);
        File.WriteAllBytes(folder["five.pth"], Saved(net, name => name).ToLegacy());
        var (code, said) = Run("--spec=Small", $"--from={folder["five.pth"]}", "--run=five");
        Assert.True(code == 0, said);
        Assert.Contains("they tell 5 classes apart, not 3", said, StringComparison.Ordinal);
        Assert.Equal(5, RunDirectory.OpenFinished(folder["artifacts", "Small", "five"]).Record.Classes.Count);
        Assert.Contains("ZF1606", Run("--spec=Small", $"--from={folder["five.pth"]}", "--run=five").Said, StringComparison.Ordinal);
    }

    [Fact]
    public void AModuleThatWasExportedBringsItsMeansBack()
    {
        using var net = Exported.Create(Named("Measured"));
        var exported = Exported.Of(net);
        Interchange.Exports.PyTorch.PyTorchExport.Write(exported, folder["measured.py"]);
        var (code, said) = Run("--spec=Measured", $"--from={folder["measured.safetensors"]}");
        Assert.True(code == 0, said);
        Assert.DoesNotContain("ZF15", said, StringComparison.Ordinal);
        Assert.Equal(exported.Statistics!.ChannelMean, RunDirectory.OpenFinished(folder["artifacts", "Measured", "imported"]).Statistics.ChannelMean);
    }

    [Fact]
    public void WhereTheMeansAreNotKnownThatIsSaid()
    {
        using var net = Exported.Create(Named("Measured"));
        File.WriteAllBytes(folder["weights.pth"], Saved(net, name => name).ToZip());
        Assert.Contains("warning ZF1538: ", Run("--spec=Measured", $"--from={folder["weights.pth"]}").Said, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotFitIsListedWhole()
    {
        using var net = Exported.Create(Named("Small"));
        File.WriteAllBytes(folder["weights.pth"], Saved(net, name => name == "fc.bias" ? "other.bias" : name).ToZip());
        var (code, said) = Run("--spec=Small", $"--from={folder["weights.pth"]}");
        Assert.Equal(1, code);
        foreach (var part in new[] { "ZF1536", "not found: fc.weight [3, 64]", "not found: fc.bias [3]", "left over: fc.weight [3, 64]", "left over: other.bias [3]" })
            Assert.Contains(part, said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["artifacts", "Small"]) && Directory.EnumerateFiles(folder["artifacts", "Small"], "*", SearchOption.AllDirectories).Any(file => !file.EndsWith(".lock", StringComparison.Ordinal)));
    }

    [Fact]
    public void WhatIsLeftOverBesideAllWeightsIsSaid()
    {
        using var net = Exported.Create(Named("Small"));
        var file = new TorchFile();
        file.Begin().Dictionary(() =>
        {
            Write(file, net, name => name);
            file.Text("aux.weight").Tensor("Float", new byte[8], 2, [2]);
        }).Op('.');
        File.WriteAllBytes(folder["more.pth"], file.ToZip());
        var (code, said) = Run("--spec=Small", $"--from={folder["more.pth"]}");
        Assert.True(code == 0, said);
        Assert.Contains("warning ZF1537: what the file holds besides is left out: aux.weight", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ZF1601", "--spec=Small")]
    [InlineData("ZF1601", "--spec=Small", "--from=nowhere.pth")]
    [InlineData("ZF1601", "--spec=Small", "--from=text.txt")]
    [InlineData("ZF1002", "--spec=Unknown", "--from=text.txt")]
    [InlineData("ZF1535", "--spec=Small", "--from=cut.pth")]
    public void WhatIsWrongHasACode(string code, params string[] given)
    {
        File.WriteAllText(folder["text.txt"], "only text\n");
        File.WriteAllBytes(folder["cut.pth"], TorchFile.Of(("a.weight", [1, 2], [2])).ToZip()[..200]);
        var (exit, said) = Run([.. given.Select(option => option.Replace("--from=", $"--from={folder.Path}/", StringComparison.Ordinal))]);
        Assert.Equal(1, exit);
        Assert.Contains(code, said, StringComparison.Ordinal);
    }

    private (int Code, string Said) Run(params string[] given)
    {
        using var output = new StringWriter();
        var code = new Host(Networks.Value, output, output).Run(["import", .. given, $"--root={folder.Path}"]);
        return (code, output.ToString());
    }

    private static NetworkEntry Named(string name) => Networks.Value.Single(entry => entry.Info.Name == name);

    private static TorchFile Saved(ConvNet net, Func<string, string> called)
    {
        var file = new TorchFile();
        file.Begin().Dictionary(() => Write(file, net, called)).Op('.');
        return file;
    }

    private static void Write(TorchFile file, ConvNet net, Func<string, string> called)
    {
        foreach (var (name, tensor) in net.state_dict())
        {
            var isCounter = name.EndsWith("tracked", StringComparison.Ordinal);
            file.Text(called(name)).Tensor(isCounter ? "Long" : "Float", isCounter ? BitConverter.GetBytes(640L) : MemoryMarshal.AsBytes<float>(tensor.data<float>().ToArray()).ToArray(), tensor.numel(), tensor.shape);
        }
    }
}
