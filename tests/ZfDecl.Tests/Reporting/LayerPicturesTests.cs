using SkiaSharp;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Messages;
using ZfDecl.Search;
using ZfDecl.Tests.Analysis;

namespace ZfDecl.Tests.Reporting;

public class LayerPicturesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void EachLayerGetsASheetAndATable(int channels)
    {
        using var folder = new TemporaryFolder();
        using var net = new ToyNet(channels);
        using var images = new ToyImages(20, channels);
        var visualization = new FeatureVisualization(net, images, images.Preprocessor(), new() { Layers = ["conv1", "fc3"] }, new SilentLog());
        var sheets = LayerPictures.Write(visualization, images, new() { Network = "Toy", Data = "20 images", Weights = "untrained" }, folder["visualize"], new SilentLog());

        Assert.Equal([folder["visualize", "conv1", "sheet.png"], folder["visualize", "fc3", "sheet.png"]], sheets);
        foreach (var sheet in sheets)
        {
            using var picture = SKBitmap.Decode(sheet);
            Assert.InRange(picture.Width, 1000, 8000);
            Assert.StartsWith("layer,map,rank,image", File.ReadAllText(Path.Combine(Path.GetDirectoryName(sheet)!, "units.csv")));
        }
        Assert.All(new PictureSnapshots(folder["visualize"], folder["approved"], []).Compare(), finding => Assert.Equal(SnapshotOutcome.New, finding.Outcome));
    }
}
