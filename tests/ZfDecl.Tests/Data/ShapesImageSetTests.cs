using ZfDecl.Data.Drawing;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Data;

public class ShapesImageSetTests
{
    private static readonly FeatureShape Colour = new(3, 32, 32);

    [Fact]
    public void TheNameOpensTheSetWithoutAFolder()
    {
        using var data = ImageFolder.Open("shapes", new(Colour, Recipes.Plain, 0, new SilentLog()));
        Assert.Equal((8000, 2000), (data.Train.Count, data.Validation.Count));
        Assert.Equal(["circle", "square", "triangle", "star", "ring", "cross", "crescent", "heart", "arrow", "hourglass"], data.Train.Classes);
        Assert.All(Enumerable.Range(0, 2000).CountBy(data.Validation.Label), pair => Assert.Equal(200, pair.Value));
        Assert.NotEqual(Pixels(data.Train, 0), Pixels(data.Validation, 0));
    }

    [Fact]
    public void ItIsDrawnAsLargeAsTheRecipeStoresImages()
    {
        using var data = ImageFolder.Open("shapes", new(Colour, Recipes.Plain with { Resize = 40 }, 0, new SilentLog()));
        Assert.Equal(new(3, 40, 40), data.Validation.Shape);
        Assert.Equal(1600, data.Validation.Mask(3)!.Length);
    }

    [Fact]
    public void AnImageIsTheSameOnAnyMachineAndInASetOfAnySize()
    {
        using var set = new ShapesImageSet(Colour, 30);
        using var larger = new ShapesImageSet(Colour, 300);
        Assert.Equal(Pixels(set, 17), Pixels(larger, 17));
        // Drawn once; nothing in the drawing may round differently elsewhere. Whoever changes it raises the edition, too.
        Assert.StartsWith("364e11de80528ef92011de1af651250fc55a7878b", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([.. Enumerable.Range(0, 30).SelectMany(index => Pixels(set, index))])), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherSeedDrawsOtherImages()
    {
        using var set = new ShapesImageSet(Colour, 10);
        using var other = new ShapesImageSet(Colour, 10, seed: 7);
        Assert.All(Enumerable.Range(0, 10), index => Assert.NotEqual(Pixels(set, index), Pixels(other, index)));
    }

    [Theory]
    [InlineData(3, 48, 48)]
    [InlineData(3, 30, 70)]
    [InlineData(1, 64, 40)]
    public void TheMaskIsTheObjectAndNothingElse(int maps, int height, int width)
    {
        var shape = new FeatureShape(maps, height, width);
        using var set = new ShapesImageSet(shape, 50);
        for (var index = 0; index < 50; index++)
        {
            var mask = set.Mask(index);
            var area = mask.Count(inside => inside);
            // A disc of radius 0.2 … 0.38 of the shorter side holds it; of that disc the thinnest shape fills a fifth.
            var unit = Math.Min(height, width);
            Assert.InRange(area, 0.2 * Math.PI * 0.2 * 0.2 * unit * unit, 0.81 * Math.PI * 0.38 * 0.38 * unit * unit + unit);

            // Away from its edge it is of one colour, shaded by at most 20 each way, whatever lies behind it.
            var pixels = Pixels(set, index);
            var inner = Enumerable.Range(0, mask.Length).Where(place => IsInner(mask, place, width)).ToArray();
            Assert.NotEmpty(inner);
            for (var channel = 0; channel < maps; channel++)
                Assert.InRange(inner.Max(place => pixels[channel * mask.Length + place]) - inner.Min(place => pixels[channel * mask.Length + place]), 0, 41);
        }
    }

    [Fact]
    public void AScenesPictureAtTwiceTheSizeShowsTheSameObject()
    {
        using var small = new ShapesImageSet(new(1, 32, 32), 20);
        using var large = new ShapesImageSet(new(1, 64, 64), 20);
        for (var index = 0; index < 20; index++)
        {
            var (coarse, fine) = (small.Mask(index), large.Mask(index));
            var differing = Enumerable.Range(0, 32 * 32).Count(place =>
            {
                var corner = 2 * (place / 32) * 64 + 2 * (place % 32);
                var covered = new[] { fine[corner], fine[corner + 1], fine[corner + 64], fine[corner + 65] }.Count(inside => inside);
                return coarse[place] ? covered < 2 : covered > 2;
            });
            Assert.InRange(differing, 0, 3);
        }
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void ADistanceNeverChangesByMoreThanThePointMoves(int kind)
    {
        var random = new Random(kind);
        for (var i = 0; i < 2000; i++)
        {
            var (x, y) = (random.NextDouble() * 2.4 - 1.2, random.NextDouble() * 2.4 - 1.2);
            var (right, down) = (random.NextDouble() * 0.2 - 0.1, random.NextDouble() * 0.2 - 0.1);
            var change = Math.Abs(ShapeObject.Distance((ShapeKind)kind, x, y) - ShapeObject.Distance((ShapeKind)kind, x + right, y + down));
            Assert.True(change <= Math.Sqrt(right * right + down * down) + 1e-9);
            if (x * x + y * y > 1)
                Assert.True(ShapeObject.Distance((ShapeKind)kind, x, y) > 0, $"{(ShapeKind)kind} at {x}, {y}");
        }
    }

    [Fact]
    public void NoTwoClassesLookAlike()
    {
        // However turned, at the same place and of the same area two shapes differ in a tenth of it at least.
        const int Side = 41;
        var kinds = Enum.GetValues<ShapeKind>();
        foreach (var one in kinds)
        {
            foreach (var other in kinds.Where(kind => kind > one))
            {
                var least = Enumerable.Range(0, 72).Min(turn =>
                {
                    var (sine, cosine) = Math.SinCos(turn * Math.PI / 36);
                    var (differing, area) = (0, 0);
                    for (var place = 0; place < Side * Side; place++)
                    {
                        var (x, y) = ((place % Side - 20) / 20.0, (place / Side - 20) / 20.0);
                        var (first, second) = (ShapeObject.Distance(one, x, y) <= 0, ShapeObject.Distance(other, cosine * x - sine * y, sine * x + cosine * y) <= 0);
                        differing += first != second ? 1 : 0;
                        area += first || second ? 1 : 0;
                    }
                    return (double)differing / area;
                });
                Assert.True(least > 0.1, $"{one} and {other}: {least:P0}");
            }
        }
    }

    [Fact]
    public void ImagesKeptInMemoryStillKnowTheirMasks()
    {
        using var data = ImageFolder.Open("shapes", new(Colour, Recipes.Plain, 0, new SilentLog()));
        using var set = new ShapesImageSet(Colour, 8000);
        Assert.Equal(set.Mask(11), data.Train.Mask(11));
    }

    public static TheoryData<int> AllKinds => [.. Enumerable.Range(0, 10)];

    private static byte[] Pixels(ImageSet set, int index)
    {
        var pixels = new byte[set.Shape.Count];
        set.Read(index, pixels);
        return pixels;
    }

    private static bool IsInner(bool[] mask, int place, int width) =>
        place % width > 0 && place % width < width - 1 && place >= width && place < mask.Length - width
        && ((int[])[-width - 1, -width, -width + 1, -1, 0, 1, width - 1, width, width + 1]).All(step => mask[place + step]);
}
