using System.Runtime.InteropServices;
using System.Text;
using ZfDecl.Interchange.Exports.PyTorch;
using ZfDecl.Networks;

namespace ZfDecl.Interchange.Tests.Exports;

/// <summary>Exported modules against PyTorch.</summary>
public sealed class PyTorchExportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TorchFact]
    public void EveryKindAndEveryGraphYieldsTheSameInPyTorch()
    {
        var (program, nets) = (new StringBuilder("import array, importlib, torch\n"), new List<ConvNet>());
        foreach (var entry in ExportNetworks.Compiled)
        {
            var net = Exported.Create(entry);
            nets.Add(net);
            var (name, input) = (entry.Info.Name, entry.Info.Input);
            PyTorchExport.Write(Exported.Of(net), folder[$"m_{name}.py"]);
            File.WriteAllBytes(folder[$"{name}.in"], MemoryMarshal.AsBytes<float>(Exported.Images(entry.Info, 2)).ToArray());
            program.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""
                net = getattr(importlib.import_module("m_{{name}}"), "{{name}}", None) or importlib.import_module("m_{{name}}").None_
                net = net.load("m_{{name}}.safetensors")
                images = torch.frombuffer(bytearray(open("{{name}}.in", "rb").read()), dtype=torch.float32).reshape(2, {{input.Maps}}, {{input.Height}}, {{input.Width}})
                with torch.no_grad():
                    found = net(images)
                open("{{name}}.out", "wb").write(array.array("f", found.flatten().tolist()).tobytes())

                """);
        }
        TorchFactAttribute.Run(folder.Path, program.ToString());
        var problems = nets.Select(net => (net.Info.Name, Difference: Closeness.Difference(Compiled.Run(net, Exported.Images(net.Info, 2), 2, probabilities: false), Floats(folder[$"{net.Info.Name}.out"]), 1e-5f)))
            .Where(net => net.Difference is not null).Select(net => $"{net.Name}: {net.Difference}").ToList();
        nets.ForEach(net => net.Dispose());
        Assert.Empty(problems);
    }

    [TorchFact]
    public void TheModulePreparesPixelsAsTheRunDoes()
    {
        using var net = Exported.Create(ExportNetworks.Compiled.Single(entry => entry.Info.Name == "Gated"));
        var exported = Exported.Of(net);
        PyTorchExport.Write(exported, folder["gated.py"]);
        byte[] pixels = [.. Enumerable.Range(0, (int)net.Info.Input.Count).Select(i => (byte)(i * 7))];
        File.WriteAllBytes(folder["pixels"], pixels);
        TorchFactAttribute.Run(folder.Path, """
            import array, torch
            from gated import Gated, LABELS
            net = Gated.load()
            assert not net.training and LABELS[1] == "class 1, or so"
            pixels = torch.frombuffer(bytearray(open("pixels", "rb").read()), dtype=torch.uint8).reshape(1, 3, 12, 10)
            open("prepared", "wb").write(array.array("f", net.images(pixels).flatten().tolist()).tobytes())
            assert abs(float(net.probabilities(net.images(pixels)).sum()) - 1) < 1e-5
            """);
        var expected = new float[pixels.Length];
        new ZfDecl.Data.Batching.Preprocessor(net.Info.Input, net.Info.Input, net.Info.Recipe.Preprocess, exported.Statistics!).Evaluation(pixels, expected);
        Assert.Null(Closeness.Difference(expected, Floats(folder["prepared"]), 1e-6f));
    }

    [Fact]
    public void AModuleReadsAsAPersonWouldWriteIt()
    {
        using var net = Exported.Create(ExportNetworks.Compiled.Single(entry => entry.Info.Name == "Form3"));
        PyTorchExport.Write(Exported.Of(net), folder["form3.py"]);
        var text = File.ReadAllText(folder["form3.py"]);
        Assert.Contains("        self.conv1 = nn.Conv2d(3, 8, 3, padding=1)\n", text, StringComparison.Ordinal);
        Assert.Contains("        x = F.max_pool2d(x, 2, 3, padding=1)                              # some [N, 8, 5, 5]\n", text, StringComparison.Ordinal);
        Assert.Contains("LABELS = [\"class 0, or so\", \"class 1, or so\", \"class 2, or so\", \"class 3, or so\"]\n", text, StringComparison.Ordinal);
    }

    private static float[] Floats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
}
