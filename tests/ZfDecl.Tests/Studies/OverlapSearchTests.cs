using ZfDecl.Data;
using ZfDecl.Runs;
using ZfDecl.Studies;

namespace ZfDecl.Tests.Studies;

public sealed class OverlapSearchTests
{
    [Fact]
    public void AnImageIsFoundAgainAlsoDarkerAndWithLessContrast()
    {
        var known = Noise(count: 600, seed: 1);
        var ours = Noise(count: 5, seed: 2);
        ours[3] = [.. known[417].Select(value => (byte)(value / 2 + 30))];
        var found = Assert.Single(OverlapSearch.Find(new Pictures(ours), new Pictures(known), 0.98, new SilentLog()));
        Assert.Equal((3, "picture 3", "picture 417"), (found.Image, found.Name, found.Known));
        Assert.InRange(found.Correlation, 0.999, 1);
    }

    [Fact]
    public void TheCorrelationIsThatOfTheFormula()
    {
        var (ours, known) = (Noise(4, seed: 3), Noise(7, seed: 4));
        var found = OverlapSearch.Find(new Pictures(ours), new Pictures(known), -1, new SilentLog());
        for (var i = 0; i < ours.Length; i++)
            Assert.Equal(known.Max(other => Correlation(ours[i], other)), found[i].Correlation, 5);
    }

    [Fact]
    public void APictureOfOneColourIsLikeNone()
    {
        byte[] grey = [.. Enumerable.Repeat((byte)128, 192)];
        Assert.Empty(OverlapSearch.Find(new Pictures([grey]), new Pictures([grey]), 0.5, new SilentLog()));
    }

    private static double Correlation(byte[] one, byte[] other)
    {
        var (meanOne, meanOther) = (one.Average(value => value), other.Average(value => value));
        var product = one.Zip(other, (a, b) => (a - meanOne) * (b - meanOther)).Sum();
        return product / Math.Sqrt(one.Sum(a => (a - meanOne) * (a - meanOne)) * other.Sum(b => (b - meanOther) * (b - meanOther)));
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
