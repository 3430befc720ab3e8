using System.Runtime.InteropServices;
using ZfDecl.Interchange.Exports.Onnx;
using ZfDecl.Interchange.Onnx.Proto;
using ZfDecl.Interchange.Runs;
using ZfDecl.Interchange.Tests.Onnx;
using ZfDecl.Messages;
using ZfDecl.Runs;
using static TorchSharp.torch;

namespace ZfDecl.Interchange.Tests.Exports;

/// <summary>Exported ONNX models against ONNX Runtime, and read back.</summary>
public sealed class OnnxExportTests : IDisposable
{
    private const float Tolerance = 1e-5f;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EveryKindAndEveryGraphYieldsTheSameInOnnxRuntime()
    {
        var problems = new List<string>();
        foreach (var (entry, i) in ExportNetworks.Compiled.Select((entry, i) => (entry, i)))
        {
            using var net = Exported.Create(entry);
            var path = folder[$"{entry.Info.Name}.onnx"];
            OnnxExport.Write(Exported.Of(net), path, opset: i % 3 == 0 ? 13 : i % 3 == 1 ? 17 : OnnxExport.MostOpset, inGraph: false);
            var images = Exported.Images(entry.Info, 2);
            var found = OtherSide.RunFile(path, "images", images, 2, entry.Info.Input.Maps, entry.Info.Input.Height, entry.Info.Input.Width);
            if (Closeness.Difference(Compiled.Run(net, images, 2, probabilities: entry.Info.Classes > 0), found, Tolerance) is { } difference)
                problems.Add($"{entry.Info.Name}: {difference}");
        }
        Assert.True(problems.Count == 0, string.Join("\n", problems.Take(3)));
    }

    [Fact]
    public void AnExportIsImportedAsTheSameSpecWithTheSameWeights()
    {
        var problems = new List<string>();
        foreach (var (entry, i) in ExportNetworks.Compiled.Select((entry, i) => (entry, i)))
        {
            using var net = Exported.Create(entry);
            var name = entry.Info.Name;
            OnnxExport.Write(Exported.Of(net, ExportNetworks.All[name]), folder[$"{name}.onnx"], opset: 13 + i % 9, inGraph: i % 2 == 0);
            using var model = ModelFile.Open(folder[$"{name}.onnx"]);
            var network = model.Read(new(name, 32), new SilentLog());
            if (WithoutHead(network.Spec) != WithoutHead(ExportNetworks.All[name]))
                problems.Add($"{name}:\n{network.Spec}");
            using var scope = NewDisposeScope();
            var weights = network.Weights.ToDictionary(weights => weights.Name, weights => weights.Values);
            foreach (var (tensor, expected) in net.state_dict().Where(tensor => tensor.Value.is_floating_point()))
                if (!weights.Remove(tensor, out var found) || !expected.shape.SequenceEqual(found.Shape) || !MemoryMarshal.AsBytes<float>(found.ToArray()).SequenceEqual(expected.contiguous().bytes))
                    problems.Add($"{name}: other {tensor}");
            problems.AddRange(weights.Keys.Select(further => $"{name}: {further} is new"));
        }
        Assert.True(problems.Count == 0, string.Join("\n", problems.Take(3)));
    }

    [Theory]
    [InlineData("Gated")]
    [InlineData("Units")]
    public void TheRunOfAnImportHasTheVeryFilesOfTheRunThatWasExported(string name)
    {
        using var net = Exported.Create(ExportNetworks.Compiled.Single(entry => entry.Info.Name == name));
        var exported = Exported.Of(net, ExportNetworks.All[name]);
        OnnxExport.Write(exported, folder["model.onnx"], 17, inGraph: false);
        using var model = ModelFile.Open(folder["model.onnx"]);
        var network = model.Read(new(name, 32), new SilentLog());
        ImportedRun.Write(network, model.Labels(network), null, folder["spec.yaml"], folder["run"], "");
        using var scope = NewDisposeScope();
        ZfDecl.Files.SafeTensorsFile.Write(folder["weights.safetensors"], net.state_dict());
        Assert.Equal(File.ReadAllBytes(folder["weights.safetensors"]), File.ReadAllBytes(folder["run", "weights.safetensors"]));
        Assert.Equal(exported.Classes, RunRecord.Read(folder["run", "run.json"]).Classes);
        Assert.Equal(net.Info.SpecHash, RunRecord.Read(folder["run", "run.json"]).SpecHash);
    }

    [Fact]
    public void TheSameNetworkIsTheSameBytes()
    {
        using var net = Exported.Create(ExportNetworks.Compiled.Single(entry => entry.Info.Name == "Gated"));
        OnnxExport.Write(Exported.Of(net), folder["a.onnx"], 17, inGraph: true);
        OnnxExport.Write(Exported.Of(net), folder["b.onnx"], 17, inGraph: true);
        Assert.Equal(File.ReadAllBytes(folder["a.onnx"]), File.ReadAllBytes(folder["b.onnx"]));
    }

    [Fact]
    public void PixelsArePreparedInTheGraphWhereThatIsAsked()
    {
        foreach (var entry in ExportNetworks.Compiled.Where(entry => entry.Info.Name is "Gated" or "Form0" or "Units"))
        {
            using var net = Exported.Create(entry);
            using var scope = NewDisposeScope();
            var exported = Exported.Of(net);
            OnnxExport.Write(exported, folder["pixels.onnx"], 17, inGraph: true);
            byte[][] pixels = [[.. Exported.Images(entry.Info, 1).Select(value => (byte)(128 + 100 * value))]];
            var info = entry.Info;
            var preprocessor = new ZfDecl.Data.Batching.Preprocessor(info.Input, info.Input, info.Recipe.Preprocess, exported.Statistics!);
            var expected = Compiled.Run(net, preprocessor.InputOf(pixels, CPU).data<float>().ToArray(), 1, probabilities: info.Classes > 0);
            var found = OtherSide.RunFile(folder["pixels.onnx"], "images", Array.ConvertAll(pixels[0], pixel => (float)pixel), 1, info.Input.Maps, info.Input.Height, info.Input.Width);
            Assert.Null(Closeness.Difference(expected, found, Tolerance));
        }
    }

    [Fact]
    public void AnImportKeepsTheStatisticsThatTheSpecAsksFor()
    {
        using var net = Exported.Create(ExportNetworks.Compiled.Single(entry => entry.Info.Name == "Gated"));
        var exported = Exported.Of(net);
        OnnxExport.Write(exported, folder["gated.onnx"], 17, inGraph: false);
        var network = Read("gated.onnx", "Gated");
        Assert.Equal(exported.Statistics!.Mean, network.Statistics!.Mean);
        Assert.Equal(exported.Statistics.ChannelMean, network.Statistics.ChannelMean);
    }

    [Fact]
    public void WeightsThatAreTooManyForOneMessageLieBesideTheModel()
    {
        using var net = Exported.Create(ExportNetworks.Compiled.Single(entry => entry.Info.Name == "Gated"));
        Assert.Equal([folder["large.onnx"], folder["large.onnx.data"]], OnnxExport.Write(Exported.Of(net), folder["large.onnx"], 17, inGraph: false, mostInside: 100));
        Assert.InRange(new FileInfo(folder["large.onnx"]).Length, 1, 12_000);
        var images = Exported.Images(net.Info, 1);
        Assert.Null(Closeness.Difference(Compiled.Run(net, images, 1, probabilities: true), OtherSide.RunFile(folder["large.onnx"], "images", images, 1, 3, 12, 10), Tolerance));
        Assert.Equal(net.state_dict()["conv1.weight"].data<float>().ToArray(), Read("large.onnx", "Gated").Weights.Single(weights => weights.Name == "conv1.weight").Values.ToArray());
    }

    [Fact]
    public void AGraphThatWasChangedSinceIsReadFromTheGraph()
    {
        using var net = Exported.Create(ExportNetworks.Compiled.Single(entry => entry.Info.Name == "WithRelu"));
        OnnxExport.Write(Exported.Of(net), folder["with.onnx"], 17, inGraph: false);
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder["with.onnx"]));
        model.Graph.Node.Single(node => node.Name == "some").OpType = "Sigmoid";
        var network = Imported.Of(folder, Google.Protobuf.MessageExtensions.ToByteArray(model), "Changed");
        Assert.Contains("- { sigmoid: some }", network.Spec, StringComparison.Ordinal);
        Assert.DoesNotContain("data:", network.Spec, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherNumberOfClassesIsExportedAsThatNumber()
    {
        foreach (var name in new[] { "Gated", "Form0" })
        {
            using var net = Exported.Create(ExportNetworks.Compiled.Single(entry => entry.Info.Name == name), classes: 7);
            OnnxExport.Write(Exported.Of(net, ExportNetworks.All[name]), folder["seven.onnx"], 17, inGraph: false);
            var images = Exported.Images(net.Info, 1);
            Assert.Null(Closeness.Difference(Compiled.Run(net, images, 1, probabilities: true), OtherSide.RunFile(folder["seven.onnx"], "images", images, 1, net.Info.Input.Maps, net.Info.Input.Height, net.Info.Input.Width), Tolerance));
            Assert.Equal(7, Read("seven.onnx", "Seven").Classes);
        }
    }

    [Fact]
    public void MeansThatNobodyHasMeasuredCannotBeInTheGraph()
    {
        using var net = Exported.Create(ExportNetworks.Compiled.Single(entry => entry.Info.Name == "Gated"));
        var unknown = Exported.Of(net) with { Statistics = null };
        Assert.Equal("ZF1531", Assert.Throws<ZfDeclException>(() => OnnxExport.Write(unknown, folder["x.onnx"], 17, inGraph: true)).Code);
        Assert.False(File.Exists(folder["x.onnx"]));
    }

    private Specs.ImportedNetwork Read(string file, string name) => ModelFile.Open(folder[file]).Read(new(name, 32), new SilentLog());

    private static string WithoutHead(string spec) => string.Concat(spec.Split('\n').SkipWhile(line => line.StartsWith('#')).Select(line => line + "\n"));
}
