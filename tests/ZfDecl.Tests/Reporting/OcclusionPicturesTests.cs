using SkiaSharp;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Models;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Reporting;

public class OcclusionPicturesTests
{
    [Theory]
    [InlineData("shapes[1, 17]", "shapes-1-17")]
    [InlineData("trouser/a b.png", "trouser-a-b.png")]
    [InlineData("../..", "image")]
    [InlineData("été", "été")]
    public void AnImagesFolderIsItsName(string image, string folder) => Assert.Equal(Path.Combine("occlude", folder), NamedFolder.Of("occlude", image));

    [Theory]
    [InlineData("nul")]
    [InlineData("train/a-name-of-a-hundred-signs-a-name-of-a-hundred-signs-a-name-of-a-hundred-signs-a-name-of-a-hundred-signs-a-name-of-a-hundred-signs-a-name-of-a-hundred-signs-a-name-of-a-hundred-signs-a-name-of-a-hundred-signs-a-name-of-a-hundred-signs-a-name-of-a-hundred-signs.png")]
    public void AnImagesFolderCanBeMadeWhateverItsNameAndIsItsAlone(string image)
    {
        Assert.True(PlainName.Is(Path.GetFileName(NamedFolder.Of("occlude", image))));
        Assert.NotEqual(NamedFolder.Of("occlude", image), NamedFolder.Of("occlude", image + "2"));
    }

    [Theory]
    [InlineData(8, 7)]
    [InlineData(1, 11)]     // gaps between the squares
    [InlineData(2, 28)]     // one square
    public void AnImageLeavesItsSheetItsTableAndItsGrid(int size, int stride)
    {
        using var folder = new TemporaryFolder();
        using var net = new Fashion();
        net.eval();
        using var image = ones(1, 1, 28, 28);
        var grid = new OccluderGrid(net.Info.Input, size, stride);
        var maps = new Occlusion(net, net.Info.Layer("conv3"), grid).Of(image, @class: 3);
        var own = new VisualizedUnit { Rank = 0, Unit = new(1, 0, 0, 0), ImageName = "a", Class = "b", Region = new(0, 0, 28, 28), Projection = new float[784], Patch = new byte[784] };
        var caption = new OcclusionCaption { Network = "Fashion", Weights = "untrained", Image = "one", ClassIs = "the true class", Classes = [.. Enumerable.Range(0, 10).Select(i => $"class, {i}")], Data = "none" };

        OcclusionPictures.Write(folder.Path, caption, maps, net.Info.Input, new byte[784], own, []);

        var read = OcclusionGrid.Read(folder.Path)!;
        Assert.Equal((grid.Rows, grid.Columns, "class, 3", "conv3"), (read.Rows, read.Columns, read.Class, read.Layer));
        Assert.Equal(maps.Activity, read.Activity);
        Assert.Equal(grid.Count + 1, File.ReadAllLines(Path.Combine(folder.Path, OcclusionPictures.GridFile)).Length);
        Assert.Contains($"pixels apart{(grid.Coverage.Length > 0 ? $" ({grid.Coverage})" : "")}. Where", Assert.Single(ReportSection.Read(folder.Path)!.Text), StringComparison.Ordinal);
        using var sheet = SKBitmap.Decode(Path.Combine(folder.Path, OcclusionPictures.SheetFile));
        Assert.True(sheet.Width > 1000 && sheet.Height > 500);
    }
}
