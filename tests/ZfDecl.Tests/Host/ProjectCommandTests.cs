using SkiaSharp;
using TorchSharp;
using ZfDecl.Analyses.Project;
using ZfDecl.Files;
using ZfDecl.Findings;
using Pictures = ZfDecl.Tests.Data.Pictures;

namespace ZfDecl.Tests.Host;

/// <summary>Project, on the weights that come with the repository.</summary>
[Collection(Alone.Name)]
public sealed class ProjectCommandTests : ShippedNetworks
{
    [Fact]
    public void AnImageOfTheDataLeavesAPictureAndASectionForTheReport()
    {
        Assert.True(Project("--image=5", "--layer=conv2", "--map=17") == 0, errors.ToString());
        var folder = Assert.Single(Directory.GetDirectories(Projects));
        Assert.StartsWith("t10k-5-conv2-17-", Path.GetFileName(folder), StringComparison.Ordinal);
        using var picture = SKBitmap.Decode(Path.Combine(folder, ProjectionFiles.PictureFile));
        Assert.True(picture.Width > 500 && picture.Height > 300);
        var section = ReportSection.Read(folder)!;
        Assert.StartsWith("Projection: t10k[5] · conv2, map 17 (", section.Title, StringComparison.Ordinal);
        Assert.Equal(ProjectionFiles.PictureFile, Assert.Single(section.Figures).File);
    }

    [Fact]
    public void AnotherRuleOrPlaceDoesNotOverwriteWhatIsThere()
    {
        Assert.Equal(0, Project("--image=5", "--at=3+4"));
        Assert.Equal(0, Project("--image=5", "--at=3+4", "--rule=mask"));
        Assert.Equal(0, Project("--image=5", "--at=2+4"));
        Assert.Equal(0, Project("--image=5", "--maps=all"));
        Assert.Equal(4, Directory.GetDirectories(Projects).Length);
    }

    [Fact]
    public void APictureOfOnesOwnNeedsNoDataAndItsTensorsAreKept()
    {
        File.WriteAllBytes(artifacts["cat.png"], Pictures.Png(60, 40, Pictures.Noise));
        var tensors = artifacts["cat.safetensors"];
        Assert.True(Project($"--image={artifacts["cat.png"]}", "--layer=pool2", $"--out={tensors}") == 0, errors.ToString());
        Assert.DoesNotContain("IDX files", output.ToString(), StringComparison.Ordinal);
        using var scope = torch.NewDisposeScope();
        var kept = SafeTensorsFile.Read(tensors);
        Assert.Equal([1, 28, 28], kept["input"].shape);
        Assert.Equal([1, 28, 28], kept["projection"].shape);
        Assert.Equal(3, kept["position"].shape[0]);
    }

    [Theory]
    [InlineData("ZF1461: which image?")]
    [InlineData("ZF1431: -p:Image=nobody.png: no image is called 'nobody.png', and there is no such file", "--image=nobody.png")]
    [InlineData("ZF1003: -p:Layer=conv33: there is no 'conv33'; did you mean 'conv3'?", "--image=5", "--layer=conv33")]
    [InlineData("ZF1460: layer 'conv3' has no map 64; its maps are 0 … 63", "--image=5", "--map=64")]
    [InlineData("ZF1460: layer 'conv3' has no unit (7, 0); rows are 0 … 6, columns 0 … 6", "--image=5", "--at=7+0")]
    [InlineData("ZF1003: -p:At=7: allowed is a row and a column, such as 6+7", "--image=5", "--at=7")]
    [InlineData("ZF1461: -p:Maps=all projects the whole layer", "--image=5", "--maps=all", "--map=3")]
    public void WhatCannotBeProjectedIsSaidWithWhatCan(string message, params string[] settings)
    {
        Assert.Equal(1, Project(settings));
        Assert.Contains($"error {message}", errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Projects));
    }

    [Fact]
    public void ABrokenPictureIsNamed()
    {
        File.WriteAllText(artifacts["broken.png"], "no picture");
        Assert.Equal(1, Project($"--image={artifacts["broken.png"]}"));
        Assert.Contains("broken.png: error ZF1130:", errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Projects));
    }

    private string Projects => Folder("shipped", "project");

    private int Project(params string[] settings) => Run("project", settings);
}
