using ZfDecl.Interchange.Exports.Onnx;
using ZfDecl.Interchange.Exports.PyTorch;
using ZfDecl.Interchange.Tests.Onnx;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Interchange.Tests.Exports;

/// <summary>
/// The networks that come with the repository, with random weights, in ONNX Runtime and back again as specs. Here those of which a pass is short; ZFDECL_EXPORTED=all tries all of them, and each in
/// PyTorch too.
/// </summary>
public sealed class ShippedNetworksTests : IDisposable
{
    private const long MostParameters = 14_000_000, MostWork = 1_000_000_000;

    private static readonly bool All = Environment.GetEnvironmentVariable("ZFDECL_EXPORTED") == "all";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. DeclaredNetworks.All.Where(entry => All || IsShort(entry)).Select(entry => entry.Info.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void AShippedNetworkYieldsTheSameElsewhereAndComesBack(string name)
    {
        var entry = DeclaredNetworks.All.Single(entry => entry.Info.Name == name);
        using var scope = NewDisposeScope();
        using var net = Exported.Create(entry);
        var written = File.ReadAllText(Repository.PathOf(entry.Info.SpecFile));
        OnnxExport.Write(Exported.Of(net, written), folder["model.onnx"], 17, inGraph: false);
        var input = entry.Info.Input;
        var images = Exported.Images(entry.Info, 1);
        var expected = Compiled.Run(net, images, 1, probabilities: entry.Info.Classes > 0);
        Assert.Null(Closeness.Difference(expected, OtherSide.RunFile(folder["model.onnx"], "images", images, 1, input.Maps, input.Height, input.Width), 1e-5f));

        using (var model = ModelFile.Open(folder["model.onnx"]))
        {
            var network = model.Read(new(name, 32), new SilentLog());
            Assert.Equal(Exported.Of(net, written).Spec.Resolved, network.Resolved);
            foreach (var (tensor, values) in network.Weights)
                Assert.True(net.state_dict()[tensor].data<float>().ToArray().AsSpan().SequenceEqual(values.ToArray()), tensor);
        }
        if (All)
            InPyTorch(net, images);
    }

    private void InPyTorch(ConvNet net, float[] images)
    {
        var input = net.Info.Input;
        PyTorchExport.Write(Exported.Of(net), folder["shipped.py"]);
        File.WriteAllBytes(folder["in"], System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(images).ToArray());
        TorchFactAttribute.Run(folder.Path, $$"""
            import array, torch
            from shipped import {{net.Info.Name}}
            images = torch.frombuffer(bytearray(open("in", "rb").read()), dtype=torch.float32).reshape(1, {{input.Maps}}, {{input.Height}}, {{input.Width}})
            with torch.no_grad():
                open("out", "wb").write(array.array("f", {{net.Info.Name}}.load()(images).flatten().tolist()).tobytes())
            """);
        var found = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder["out"])).ToArray();
        Assert.Null(Closeness.Difference(Compiled.Run(net, images, 1, probabilities: false), found, 1e-5f));
    }

    private static bool IsShort(NetworkEntry entry) => entry.Info.Parameters <= MostParameters && entry.Info.MultiplyAdds <= MostWork;
}
