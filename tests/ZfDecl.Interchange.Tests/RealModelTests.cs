using System.Diagnostics;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Decoding;
using ZfDecl.Interchange.Runs;
using ZfDecl.Interchange.Tests.Onnx;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;
using static TorchSharp.torch;

namespace ZfDecl.Interchange.Tests;

/// <summary>A network that others have trained on ImageNet.</summary>
public class RealModelTests
{
    [RealModelFact]
    public void TheResNetOfAPackageYieldsWhatOnnxRuntimeYieldsOfThePixels()
    {
        using var folder = new TemporaryFolder();
        var package = RealModelFactAttribute.Model;
        var begun = Stopwatch.GetTimestamp();
        using var model = ModelFile.Open(package.Models[0]);
        var network = model.Read(new("ResNet18", 224, package), new SilentLog());
        ImportedRun.Write(network, [], null, folder["specs", "resnet18.yaml"], folder["artifacts", "ResNet18", "imported"], "");
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, 20);      // 1.5 s on an idle machine
        Assert.Contains("# Licence: MIT.\n", network.Spec, StringComparison.Ordinal);
        Assert.Contains("preprocess: { channels: bgr, subtract: pixel-mean, divide: 1 }", network.Spec, StringComparison.Ordinal);

        var run = RunDirectory.OpenFinished(folder["artifacts", "ResNet18", "imported"]);
        using var compiled = Compiled.All([network])[0];
        using var net = run.LoadNetwork(new(compiled.Info, _ => (ConvNet)Activator.CreateInstance(compiled.GetType())!), new SilentLog());
        var preprocessor = new Preprocessor(net.Info.Input, net.Info.Input, net.Info.Recipe.Preprocess, run.Statistics);
        foreach (var photograph in Photographs())
        {
            using var input = preprocessor.InputOf([photograph], CPU);
            var prepared = OtherSide.RunFile(package.Models[1], "OriginalInput", Array.ConvertAll(photograph, pixel => (float)pixel), 1, 3, 224, 224);
            Assert.Null(Closeness.Difference(prepared, input.data<float>().ToArray()));
            var expected = OtherSide.RunFile(package.Models[0], "Input247", prepared, 1, 3, 224, 224);
            Assert.Null(Closeness.Difference(expected, Compiled.Run(net, input.data<float>().ToArray(), 1, probabilities: false)));
            Assert.Equal(512, expected.Length);
        }
    }

    /// <summary>A drawn one, and where Debian's wallpapers are installed (<c>lomiri-wallpapers-16.04</c>, <c>mate-backgrounds</c>) some of those.</summary>
    private static IEnumerable<byte[]> Photographs()
    {
        const string Wallpapers = "/usr/share/backgrounds";
        string[] files = Directory.Exists(Wallpapers) ? [.. Directory.EnumerateFiles(Wallpapers, "*.jpg").Order(StringComparer.Ordinal).Take(4)] : [];
        return [Photograph(), .. files.Select(file => PictureFile.Read(file, new(3, 224, 224), new SilentLog()))];
    }

    /// <summary>[3, 224, 224]: a landscape of sky, a hill and a sun, with the noise of a camera.</summary>
    private static byte[] Photograph()
    {
        var (random, pixels) = (new Random(5), new byte[3 * 224 * 224]);
        for (var i = 0; i < 224 * 224; i++)
        {
            var (y, x) = (i / 224, i % 224);
            var isHill = y > 120 + 30 * Math.Sin(x / 35.0);
            var isSun = (y - 50) * (y - 50) + (x - 160) * (x - 160) < 600;
            (int R, int G, int B) color = isSun ? (250, 220, 90) : isHill ? (60 + y / 4, 110 + x / 8, 40) : (110 + y / 3, 160 + y / 4, 235);
            foreach (var (channel, value) in new[] { color.R, color.G, color.B }.Index())
                pixels[channel * 224 * 224 + i] = (byte)Math.Clamp(value + random.Next(-12, 13), 0, 255);
        }
        return pixels;
    }
}
