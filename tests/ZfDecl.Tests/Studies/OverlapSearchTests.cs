using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Studies.Transfer;

namespace ZfDecl.Tests.Studies;

public sealed class OverlapSearchTests
{
    [Fact]
    public void AnImageIsFoundAgainAlsoDarkerAndWithLessContrast()
    {
        var known = Noise(count: 600, seed: 1);
        var ours = Noise(count: 5, seed: 2);
        ours[3] = [.. known[417].Select(value => (byte)(value / 2 + 30))];
        var found = Assert.Single(OverlapSearch.Find(new Pictures(ours), new Pictures(known), 0.98, "images", new SilentLog()));
        Assert.Equal((3, "picture 3", "picture 417"), (found.Image, found.Name, found.Known));
        Assert.InRange(found.Correlation, 0.999, 1);
    }

    [Fact]
    public void TheCorrelationIsThatOfTheFormula()
    {
        var (ours, known) = (Noise(4, seed: 3), Noise(7, seed: 4));
        var found = OverlapSearch.Find(new Pictures(ours), new Pictures(known), -1, "images", new SilentLog());
        for (var i = 0; i < ours.Length; i++)
            Assert.Equal(known.Max(other => Correlation(ours[i], other)), found[i].Correlation, 5);
    }

    [Fact]
    public void AMirroredImageIsFoundWhereMirroredOnesAreLookedFor()
    {
        var (ours, known) = (Noise(3, seed: 5), Noise(300, seed: 6));
        ours[1] = [.. known[290].Chunk(8).SelectMany(row => row.Reverse())];
        ours[2] = known[7];
        Assert.Equal("picture 7", Assert.Single(OverlapSearch.Find(new Pictures(ours), new Pictures(known), 0.98, "images", new SilentLog())).Known);
        var found = OverlapSearch.Find(new Pictures(ours), new Pictures(known), 0.98, "images", new SilentLog(), mirrored: true);
        Assert.Equal([("picture 1", "picture 290", true), ("picture 2", "picture 7", false)], found.Select(one => (one.Name, one.Known, one.IsMirrored)));
    }

    [Fact]
    public void APictureThatIsItsOwnMirrorImageIsNotCalledMirrored()
    {
        byte[] symmetric = [.. Noise(1, seed: 7)[0].Chunk(8).SelectMany(row => row.Take(4).Concat(row.Take(4).Reverse()))];
        Assert.False(Assert.Single(OverlapSearch.Find(new Pictures([symmetric]), new Pictures([symmetric]), 0.98, "images", new SilentLog(), mirrored: true)).IsMirrored);
    }

    [Fact]
    public void APictureOfOneColourIsLikeNone()
    {
        byte[] red = [.. Enumerable.Repeat((byte)200, 64), .. Enumerable.Repeat((byte)30, 128)];
        Assert.Empty(OverlapSearch.Find(new Pictures([red]), new Pictures([red]), 0.5, "images", new SilentLog()));
    }

    private static double Correlation(byte[] one, byte[] other)
    {
        var (a, b) = (Centred(one), Centred(other));
        return a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));

        static double[] Centred(byte[] picture) => [.. picture.Chunk(64).SelectMany(channel => channel.Select(value => value - channel.Average(each => (double)each)))];
    }

    private static byte[][] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 192).Select(_ => (byte)random.Next(256)).ToArray())];
    }

    /// <summary>3×8×8 images.</summary>
    private sealed class Pictures(byte[][] pixels) : ImageSet(new(3, 8, 8), ["a", "b"])
    {
        public override int Count => pixels.Length;

        public override int Label(int index) => 0;

        public override string NameOf(int index) => $"picture {index}";

        public override void Read(int index, Span<byte> output) => pixels[index].CopyTo(output);
    }
}
