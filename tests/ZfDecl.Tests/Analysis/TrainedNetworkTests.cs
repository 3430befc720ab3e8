using ZfDecl.Analyses;
using ZfDecl.Data.Layouts;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Analysis;

/// <summary>A trained network in a program of one's own.</summary>
public sealed class TrainedNetworkTests : IDisposable
{
    private static readonly NetworkEntry Fashion = DeclaredNetworks.All.Single(entry => entry.Info.Name == "Fashion");
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private readonly TemporaryFolder folder = new();
    private readonly TrainedNetwork net = TrainedNetwork.Open(Path.Combine(Repository.Specs, "weights", "Fashion"), Fashion);

    public void Dispose()
    {
        net.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void ItTakesImagesForWhatTheyAreAsOftenAsItsRunSays()
    {
        using var data = ImageFolder.Open("fashion-mnist", new(Fashion.Info.Input, Fashion.Info.Recipe.Preprocess, 0, new SilentLog()));
        var predictions = net.Predict(data.Validation);
        var right = predictions.Where((prediction, i) => prediction.Strongest[0].Index == data.Validation.Label(i)).Count();
        Assert.InRange(right, 1804, 1814);                      // 90.45 % of 2,000; another processor may round otherwise
        Assert.Equal("Ankle boot", net.Classes[predictions[0].Strongest[0].Index]);
    }

    [Fact]
    public void APictureFileIsProjectedAndThePictureSaved()
    {
        var picture = Repository.PathOf("specs", "pictures", "conv5.png");
        var projection = net.Project(net.Pictures(picture), 0, "conv3", folder["projection.png"], map: 5);
        Assert.Equal(5, projection.Unit!.Value.Map);
        Assert.Equal(28 * 28, projection.Projection.Length);
        Assert.Equal(PngSignature, File.ReadAllBytes(folder["projection.png"])[..4]);
    }

    [Fact]
    public void WhatIsNotThereAndWhatIsNoPictureIsRefusedByName()
    {
        File.WriteAllText(folder["text.png"], "no picture");
        Assert.Equal(("ZF1511", "nowhere.png"), Refusal("nowhere.png"));
        Assert.Equal(folder["text.png"], Refusal(folder["text.png"]).File);
        Assert.Equal("ZF1460", Assert.Throws<ZfDeclException>(() => net.Project(net.Pictures(Repository.PathOf("specs", "pictures", "conv5.png")), 0, "conv3", folder["p.png"], map: 64)).Code);
        Assert.Equal("ZF1207", Assert.Throws<ZfDeclException>(() => TrainedNetwork.Open(folder["nowhere"], Fashion)).Code);
    }

    private (string Code, string? File) Refusal(string path) => Assert.Throws<ZfDeclException>(() => net.Pictures(path)) is var error ? (error.Code, error.File) : default;
}
