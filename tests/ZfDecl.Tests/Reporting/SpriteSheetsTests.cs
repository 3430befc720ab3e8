using SkiaSharp;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Tests.Reporting;

public sealed class SpriteSheetsTests : IDisposable
{
    private static readonly FeatureShape Input = new(3, 12, 12);
    private static readonly LayerInfo Layer = new(0, "conv1", "conv", new(5, 12, 12), new(3, 3, 1, 1, -1, -1), 0, 0, 0);

    private readonly TemporaryFolder folder = new();

    private string Sprites => Path.Combine(folder.Path, "sprites");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void SmallTilesAreKeptPixelByPixelWhereTheLayoutSays()
    {
        Write(5);
        var index = SpriteIndex.Read(Sprites)!;
        Assert.Equal((3, 3, 3, 3, true), (index.Layout.TileHeight, index.Layout.TileWidth, index.Layout.PitchY, index.Layout.PitchX, index.Layout.Lossless));
        using var patches = SKBitmap.Decode(Path.Combine(Sprites, "patches-00.png"));
        using var projections = SKBitmap.Decode(Path.Combine(Sprites, "projections-00.png"));
        Assert.Equal((2 * 3, 5 * 3), (patches.Width, patches.Height));

        // Unit (5, 5) of map 2 sees rows and columns 4 … 6; pixel (1, 2) of its second tile is red 20 + 5, green 25 + 9, blue 25 + 18.
        Assert.Equal(new SKColor(25, 34, 43), patches.GetPixel(3 + 2, 2 * 3 + 1));
        // The largest absolute projected value is 1, and the scale is at least the 98 % quantile: +1 is white, −1 black, 0 mid grey.
        Assert.Equal(1, index.Scale.Range);
        Assert.Equal((255, 128, 1), (projections.GetPixel(0, 0).Red, projections.GetPixel(1, 0).Red, projections.GetPixel(2, 0).Red));
    }

    [Fact]
    public void TheSheetsOfALayerLookAsApproved()
    {
        new SyntheticRun(Fashion.Declaration, Sprites).Visualized(["conv3"], mostMaps: 12);
        var sprites = Path.Combine(Sprites, "visualize", "conv3", SpriteIndex.FolderName);
        Snapshot.Png(File.ReadAllBytes(Path.Combine(sprites, "projections-00.png")), suffix: "projections");
        Snapshot.Png(File.ReadAllBytes(Path.Combine(sprites, "patches-00.png")), suffix: "patches");
    }

    [Fact]
    public void TheIndexSaysWhatEachTileShowsAndADeadMapHasNone()
    {
        Write(5);
        var index = SpriteIndex.Read(Sprites)!;
        Assert.Equal(5, index.Maps.Count);
        Assert.Equal(new SpriteUnit(1, "images/1.png", "Bag", 5, 5, 9) { Range = 1 }, index.Maps[2].Units[1]);
        Assert.Empty(index.Maps[3].Units);
    }

    [Fact]
    public void EveryWholeImageIsThereOnceHoweverManyMapsShowIt()
    {
        var read = new System.Collections.Concurrent.ConcurrentBag<int>();
        Write(5, image =>
        {
            read.Add(image);
            return [.. Enumerable.Range(0, 3 * 144).Select(i => (byte)(i / 144 * 50 + i % 12 + 100 * image))];
        });
        var images = SpriteIndex.Read(Sprites)!.Images!;
        Assert.Equal([0, 1], read.Order());
        Assert.Equal([0, 1], images.Places.Select(place => place.Image));
        Assert.Equal((12, 12), (images.Height, images.Width));
        using var sheet = SKBitmap.Decode(Path.Combine(Sprites, SpriteImages.SheetFile));
        // Column 7 of the image: 7, and 50 a channel and 100 an image more.
        Assert.All(images.Places, place => Assert.Equal(new SKColor((byte)(7 + 100 * place.Image), (byte)(57 + 100 * place.Image), (byte)(107 + 100 * place.Image)), sheet.GetPixel(place.X + 7, place.Y + 11)));
    }

    [Fact]
    public void WhereTheWindowIsTheWholeImageThePatchIsAllThereIs()
    {
        var layer = Layer with { ReceptiveField = new(30, 12, 1, 1, -15, -6) };
        var sprites = new SpriteSheets(new() { Network = "Toy", Data = "toys", Weights = "none" }, layer, Input, 1, 2, _ => throw new InvalidOperationException("no image is asked for"));
        sprites.Add(new(0, [Unit(0) with { Region = new(0, 0, 12, 12), Projection = new float[432], Patch = new byte[432] }]));
        sprites.Write(Sprites);
        Assert.Null(SpriteIndex.Read(Sprites)!.Images);
    }

    [Fact]
    public void WhatAnEarlierTimeLeftIsGone()
    {
        Write(5);
        File.WriteAllText(folder["sprites", "projections-07.jpg"], "");
        Write(2);
        Assert.Equal(["index.json", "patches-00.png", "projections-00.png"], Directory.GetFiles(Sprites).Select(Path.GetFileName).Order());
        Assert.Equal(2, SpriteIndex.Read(Sprites)!.Maps.Count);
    }

    [Theory]
    [InlineData(7, 96)]
    [InlineData(87, 384)]
    [InlineData(151, 256)]
    [InlineData(224, 4096)]
    public void NoLayerHasMorePixelsThanTheBudget(int side, int maps)
    {
        var layout = SpriteLayout.For(side, side, maps, 9);
        Assert.InRange(2L * maps * 9 * layout.PitchY * layout.PitchX, 1, SpriteLayout.MostPixels);
        Assert.InRange(layout.TileHeight, 1, side);
        Assert.InRange(layout.MapsPerSheet * layout.Sheets(maps), maps, maps + layout.MapsPerSheet - 1);
        Assert.True(layout.Lossless || layout.PitchY % 16 == 0);
    }

    [Fact]
    public void ASheetOfNoiseStaysWithinAQuarterOfAByteAPixel()
    {
        var layout = SpriteLayout.For(151, 151, 256, 9);
        Assert.False(layout.Lossless);
        using var sheet = new SpriteCanvas(layout, 3, layout.MapsPerSheet, 9);
        var random = new Random(1);
        var noise = new byte[3 * layout.TileHeight * layout.TileWidth];
        var inside = Enumerable.Repeat(true, layout.TileHeight * layout.TileWidth).ToArray();
        for (var map = 0; map < layout.MapsPerSheet; map++)
        {
            random.NextBytes(noise);
            for (var rank = 0; rank < 9; rank++)
                sheet.Paint(map, rank, inside, i => (byte)(96 + noise[i] / 4));
        }
        Assert.InRange(sheet.Encode().Length, 1, layout.MapsPerSheet * 9 * layout.PitchY * layout.PitchX / 4);
    }

    [Fact]
    public void ADamagedIndexAndAMissingSheetAreNamed()
    {
        Assert.Null(SpriteIndex.Read(Sprites));
        Write(5);
        File.Delete(folder["sprites", "patches-00.png"]);
        var missing = Assert.Throws<ZfDeclException>(() => SpriteIndex.Read(Sprites));
        Assert.Equal(("ZF1412", folder["sprites", "index.json"]), (missing.Code, missing.File));
        Assert.Contains("'patches-00.png' is missing", missing.Message);
        File.WriteAllText(folder["sprites", "index.json"], "{ \"layer\": ");
        Assert.Equal("ZF1412", Assert.Throws<ZfDeclException>(() => SpriteIndex.Read(Sprites)).Code);
    }

    private void Write(int maps, Func<int, byte[]>? pixelsOf = null)
    {
        var sprites = new SpriteSheets(new() { Network = "Toy", Data = "toys", Weights = "none" }, Layer, Input, maps, 2, pixelsOf);
        for (var map = 0; map < maps; map++)
            sprites.Add(new(map, map == 3 ? [] : [Unit(0), Unit(1)]));
        sprites.Write(Sprites);
    }

    private static VisualizedUnit Unit(int rank) => new()
    {
        Rank = rank,
        Unit = new(10 - rank, rank, 5, 5),
        ImageName = $"images/{rank}.png",
        Class = "Bag",
        Region = new(4, 4, 3, 3),
        Projection = [.. Enumerable.Range(0, 27).Select(i => (i % 3) switch { 0 => 1f, 1 => 0f, _ => -1f })],
        Patch = [.. Enumerable.Range(0, 27).Select(i => (byte)(20 + i))],
    };
}
