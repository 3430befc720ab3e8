using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis;

public class TopUnitsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 5, 6)]
    [InlineData(40, 9, 11)]     // more units than a vector holds, and a rest
    public void TheStrongestUnitsAreThoseOfSortingEverything(int images, int height, int width)
    {
        var maps = Random(images, 5, height, width);
        var found = Of(maps, top: 4, batch: 3);
        for (var map = 0; map < 5; map++)
            Assert.Equal(BySorting(maps, map, 4), found.Of(map).ToArray());
        Assert.Equal(images, found.Images);
    }

    [Fact]
    public void TiesGoToTheLowerImageAndThenToReadingOrderWhateverTheBatches()
    {
        // Values 0 … 3 only: almost everything is a tie.
        var maps = (Random(50, 3, 4, 5) * 2).round().clamp(0, 3);
        var sorted = BySorting(maps, 1, 9);
        Assert.Equal(9, sorted.Count(unit => unit.Value == sorted[0].Value));
        foreach (var batch in new[] { 1, 7, 50 })
            Assert.Equal(sorted, Of(maps, 9, batch).Of(1).ToArray());
    }

    [Fact]
    public void TheOrderOfTheImagesDoesNotMatter()
    {
        var maps = (Random(20, 2, 3, 3) * 2).round();
        var backwards = new TopUnits(Layer(2, 3, 3), 5);
        for (var image = 19; image >= 0; image--)
            backwards.Add(maps.narrow(0, image, 1), [image]);
        Assert.Equal(BySorting(maps, 0, 5), backwards.Of(0).ToArray());
    }

    [Fact]
    public void UnitsThatAreNotAboveZeroDoNotCount()
    {
        var maps = zeros(3, 2, 2, 2);
        maps[1, 0, 1, 0] = 0.5f;
        maps[2, 0, 0, 0] = -1;
        var found = Of(maps, 9, 3);
        Assert.Equal([new TopUnit(0.5f, 1, 1, 0)], found.Of(0).ToArray());
        Assert.True(found.Of(1).IsEmpty);
    }

    [Fact]
    public void ADenseLayerHasUnitsInsteadOfMaps()
    {
        var units = Random(12, 6, 1, 1);
        var found = new TopUnits(Layer(6, 1, 1), 3);
        found.Add(units.view(12, 6), [.. Enumerable.Range(0, 12)]);
        Assert.Equal(BySorting(units, 4, 3), found.Of(4).ToArray());
    }

    [Fact]
    public void MapsThatDoNotLieInOrderInMemoryAreReadAllTheSame()
    {
        var maps = Random(6, 4, 5, 3);
        var channelsLast = maps.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Assert.False(channelsLast.is_contiguous());
        Assert.Equal(BySorting(maps, 2, 4), Of(channelsLast, 4, 6).Of(2).ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void AnActivationThatIsNoFiniteNumberIsNamedWithItsPlace(float value)
    {
        var maps = ones(4, 3, 8, 8);
        maps[2, 1, 7, 7] = value;
        var error = Assert.Throws<ZfDeclException>(() => Of(maps, 2, 4));
        Assert.Equal("ZF1403", error.Code);
        Assert.Contains("'some', map 1, image 2", error.Message);
    }

    [Fact]
    public void MapsOfAnotherShapeAreRefused() =>
        Assert.Throws<ArgumentException>(() => new TopUnits(Layer(3, 4, 4), 2).Add(zeros(1, 3, 4, 5), [0]));

    [Fact]
    public void AllUnitsOfAnImageCompeteWhereThatIsWanted()
    {
        var maps = zeros(2, 1, 2, 3);
        maps[0, 0, 0, 1] = 5;
        maps[0, 0, 1, 2] = 4;
        maps[1, 0, 1, 0] = 4;
        maps[1, 0, 1, 1] = 6;
        var found = new TopUnits(new(0, "some", "conv", new(1, 2, 3), default, 0, 0, 0), 3, PerImage.All);
        found.Add(maps, [0, 1]);
        Assert.Equal([new(6, 1, 1, 1), new(5, 0, 0, 1), new TopUnit(4, 0, 1, 2)], found.Of(0).ToArray());
    }

    [Fact]
    public void ASearchInPartsIsTheWholeSearch()
    {
        var layer = new LayerInfo(0, "some", "conv", new(3, 4, 4), default, 0, 0, 0);
        var maps = (randn([30, 3, 4, 4], generator: new Generator(6)) * 2).round();
        var (whole, joined) = (new TopUnits(layer, 4), new TopUnits(layer, 4));
        whole.Add(maps, [.. Enumerable.Range(0, 30)]);
        foreach (var (first, count) in new[] { (20, 10), (0, 7), (7, 13) })
        {
            var part = new TopUnits(layer, 4);
            part.Add(maps.narrow(0, first, count), [.. Enumerable.Range(first, count)]);
            joined.Add(part);
        }
        for (var map = 0; map < 3; map++)
            Assert.Equal(whole.Of(map).ToArray(), joined.Of(map).ToArray());
        Assert.Equal(30, joined.Images);
    }

    private static TopUnits Of(Tensor maps, int top, int batch)
    {
        var found = new TopUnits(Layer((int)maps.shape[1], (int)maps.shape[2], (int)maps.shape[3]), top);
        foreach (var images in Enumerable.Range(0, (int)maps.shape[0]).Chunk(batch))
            found.Add(maps.narrow(0, images[0], images.Length), images);
        return found;
    }

    /// <summary>The naive way: every unit of the map in one list, sorted.</summary>
    private static TopUnit[] BySorting(Tensor maps, int map, int top)
    {
        var units = new List<TopUnit>();
        var values = maps.select(1, map).contiguous().data<float>().ToNDArray();     // [N, height, width]
        for (var image = 0; image < maps.shape[0]; image++)
        {
            for (var y = 0; y < maps.shape[2]; y++)
            {
                for (var x = 0; x < maps.shape[3]; x++)
                    units.Add(new((float)values.GetValue(image, y, x)!, image, y, x));
            }
        }
        return [.. units.Where(unit => unit.Value > 0)
            .OrderByDescending(unit => unit.Value).ThenBy(unit => unit.Image).ThenBy(unit => unit.Y).ThenBy(unit => unit.X)
            .DistinctBy(unit => unit.Image).Take(top)];
    }

    private static Tensor Random(params long[] shape) => randn(shape, generator: new Generator(5));

    private static LayerInfo Layer(int maps, int height, int width) => new(0, "some", "conv", new(maps, height, width), default, 0, 0, 0);
}
