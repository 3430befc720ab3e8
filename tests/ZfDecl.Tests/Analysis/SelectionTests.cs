using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Tests.Analysis;

public class SelectionTests
{
    private static readonly LayerInfo Layer = new(3, "conv2", "conv", new(20, 5, 5), default, 0, 0, 3);

    [Fact]
    public void ImagesDrawnByChanceAreOfEveryClassBeforeOneComesAgain()
    {
        using var images = new ToyImages(30);
        var drawn = ImageSelection.Of(images, "7", seed: 4);
        Assert.Equal(7, drawn.Distinct().Count());
        Assert.Equal([0, 1, 2], drawn.Take(3).Select(images.Label).Order());
        Assert.Equal([0, 1, 2], drawn.Skip(3).Take(3).Select(images.Label).Order());
        Assert.Equal(drawn, ImageSelection.Of(images, "7", seed: 4));
        Assert.NotEqual(drawn, ImageSelection.Of(images, "7", seed: 5));
        Assert.Equal(30, ImageSelection.Of(images, "99", seed: 4).Count);
    }

    [Fact]
    public void ImagesAreNamedInFullOrByAnEndThatOnlyOneHas()
    {
        using var images = new ToyImages(30);
        Assert.Equal([29, 7], ImageSelection.Of(images, "29.png+toy/7.png", seed: 1));
    }

    [Fact]
    public void EveryNameThatIsNoImagesIsSaidAtOnce()
    {
        using var images = new ToyImages(30);
        var error = Assert.Throws<ZfDeclException>(() => ImageSelection.Of(images, "toy/3.png+gone.png+9.png", seed: 1));
        Assert.Equal("ZF1431", error.Code);
        Assert.Contains("no image is called 'gone.png'; '9.png' may be toy/9.png or toy/19.png or toy/29.png.", error.Message);
    }

    [Theory]
    [InlineData("0", 30)]
    [InlineData("", 30)]
    [InlineData("3", 0)]
    public void NoImagesAreAnError(string text, int count)
    {
        using var images = new ToyImages(count);
        Assert.Equal("ZF1431", Assert.Throws<ZfDeclException>(() => ImageSelection.Of(images, text, seed: 1)).Code);
    }

    [Fact]
    public void MapsAreAllThoseNamedOrSomeByChance()
    {
        Assert.Equal(Enumerable.Range(0, 20), MapSelection.Parse("all", 1).Of(Layer));
        Assert.Equal([17, 3], MapSelection.Parse("17+3,17", 1).Of(Layer));
        var drawn = MapSelection.Parse("random:6", 1).Of(Layer);
        Assert.Equal(drawn.Distinct().Order(), drawn);
        Assert.Equal(6, drawn.Count);
        Assert.Equal(drawn, MapSelection.Parse("Random:6", 1).Of(Layer));
        Assert.NotEqual(drawn, MapSelection.Parse("random:6", 2).Of(Layer));
        Assert.Equal(Enumerable.Range(0, 20), MapSelection.Parse("random:21", 1).Of(Layer));
    }

    [Theory]
    [InlineData("3+x")]
    [InlineData("random:")]
    [InlineData("random:0")]
    [InlineData("-1")]
    [InlineData("+")]
    public void WhatIsNoSelectionOfMapsIsRefused(string text) => Assert.Equal("ZF1434", Assert.Throws<ZfDeclException>(() => MapSelection.Parse(text, 1)).Code);

    [Fact]
    public void AMapThatALayerHasNotIsNamed() =>
        Assert.Contains("layer 'conv2' has the maps 0 … 19, and no 20", Assert.Throws<ZfDeclException>(() => MapSelection.Parse("3+20", 1).Of(Layer)).Message);
}
