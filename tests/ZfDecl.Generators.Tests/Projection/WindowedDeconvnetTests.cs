using ZfDecl.Networks;
using ZfDecl.Projection;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>The growing window against the whole image, on random networks.</summary>
public class WindowedDeconvnetTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<int, bool, ReluRule, UnpoolRule, bool> Cases
    {
        get
        {
            var data = new TheoryData<int, bool, ReluRule, UnpoolRule, bool>();
            for (var seed = 0; seed < 24; seed++)
            {
                foreach (var rule in Enum.GetValues<ReluRule>())
                {
                    var unpool = (seed + (int)rule) % 2 == 0 ? UnpoolRule.Sum : UnpoolRule.Overwrite;
                    data.Add(seed, false, rule, unpool, seed % 3 == 0);
                    if (seed < RandomNetworks.Wide.Count)
                        data.Add(seed, true, rule, unpool, seed % 3 == 0);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AUnitIsProjectedAsInTheWholeImage(int seed, bool wide, ReluRule relu, UnpoolRule unpool, bool channelsLast)
    {
        var (random, choice) = (RandomNet.Of(seed, wide: wide), new Random(seed));
        using var scope = NewDisposeScope();
        using var net = RandomNetworks.Create(random, seed);
        var images = DeconvnetTests.Image(random, seed, count: 3);
        if (channelsLast)
            images = images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        using var seen = net.Record(images);
        using var whole = net.CreateDeconvnet(new() { Relu = relu, Unpool = unpool });
        var windowed = new WindowedDeconvnet(net, whole.Options);
        foreach (var layer in net.Info.Layers.TakeWhile(layer => layer.Kind != "flatten"))
        {
            Assert.True(windowed.Supports(layer.Index));
            // Corners, and places of chance; a value below 0 as well.
            UnitSignal[] units =
            [
                new(0, 0, default, 1.5f),
                new(1, choice.Next(layer.Output.Maps), new(layer.Output.Height - 1, layer.Output.Width - 1), -0.5f),
                .. Enumerable.Range(0, 6).Select(_ => new UnitSignal(
                    choice.Next(3), choice.Next(layer.Output.Maps), new(choice.Next(layer.Output.Height), choice.Next(layer.Output.Width)), 1 + choice.NextSingle())),
            ];
            var projections = new float[units.Length][];
            windowed.Project(seen, layer.Index, units, (index, projection) =>
            {
                Assert.Equal(projection.Region, projection.Region.ClipTo(random.Height, random.Width));
                projections[index] = new float[random.Channels * random.Height * random.Width];
                projection.CopyTo(new(0, 0, random.Height, random.Width), projections[index]);
            });
            for (var i = 0; i < units.Length; i++)
            {
                using var one = seen.Select([units[i].Image]);
                using var signal = zeros_like(one.FeatureMaps(layer.Index)).contiguous();
                signal[0, units[i].Map, units[i].At.Y, units[i].At.X] = units[i].Value;
                using var expected = whole.Project(one, layer.Index, signal).contiguous();
                AssertClose([.. expected.data<float>()], projections[i], $"{layer.Name} {units[i]} of\n{random.Spec()}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void UnitsTogetherAreToTheBitWhatEachIsAlone(int seed, bool wide, ReluRule relu, UnpoolRule unpool, bool channelsLast)
    {
        var (random, choice) = (RandomNet.Of(seed, wide: wide), new Random(seed));
        using var net = RandomNetworks.Create(random, seed);
        using var images = DeconvnetTests.Image(random, seed, count: channelsLast ? 5 : 3);
        using var seen = net.Record(images);
        var windowed = new WindowedDeconvnet(net, new() { Relu = relu, Unpool = unpool });
        var layer = net.Info.Layers.Last(layer => layer.Kind == "conv");
        UnitSignal[] units =
        [
            .. Enumerable.Range(0, 40).Select(_ => new UnitSignal(
                choice.Next(seen.Count), choice.Next(layer.Output.Maps), new(choice.Next(layer.Output.Height), choice.Next(layer.Output.Width)), 1 + choice.NextSingle())),
        ];
        var together = new float[units.Length][];
        windowed.Project(seen, layer.Index, units, (index, projection) => together[index] = Pixels(projection));
        for (var i = 0; i < units.Length; i++)
            windowed.Project(seen, layer.Index, [units[i]], (_, projection) => Assert.Equal(together[i], Pixels(projection)));

        float[] Pixels(PixelSignal projection)
        {
            var pixels = new float[random.Channels * random.Height * random.Width];
            projection.CopyTo(new(0, 0, random.Height, random.Width), pixels);
            return pixels;
        }
    }

    [Fact]
    public void ARegionIsCutOutWhereverItLies()
    {
        var random = RandomNet.Of(2);
        using var net = RandomNetworks.Create(random, 2);
        using var image = DeconvnetTests.Image(random, 2);
        using var seen = net.Record(image);
        var (windowed, layer) = (new WindowedDeconvnet(net), net.Info.Layer("conv1"));
        windowed.Project(seen, layer.Index, [new(0, 1, new(3, 2), 1)], (_, projection) =>
        {
            var (whole, part) = (new float[random.Channels, random.Height, random.Width], new float[random.Channels, 6, 7]);
            projection.CopyTo(new(0, 0, random.Height, random.Width), Flat(whole));
            projection.CopyTo(new(-2, 1, 6, 7), Flat(part));
            for (var c = 0; c < random.Channels; c++)
                for (var y = 0; y < 6; y++)
                    for (var x = 0; x < 7; x++)
                        Assert.Equal(y < 2 ? 0 : whole[c, y - 2, x + 1], part[c, y, x]);
        });

        static Span<float> Flat(float[,,] values) => System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref values[0, 0, 0], values.Length);
    }

    [Fact]
    public void WhatItDoesNotReachIsNamed()
    {
        var random = RandomNet.Of(4);
        using var net = RandomNetworks.Create(random, 4);
        using var image = DeconvnetTests.Image(random, 4);
        using var seen = net.Record(image);
        var (windowed, dense) = (new WindowedDeconvnet(net), net.Info.Layer("fc8"));
        Assert.False(windowed.Supports(dense.Index));
        var error = Assert.Throws<ArgumentException>(() => windowed.Project(seen, dense.Index, [new(0, 0, default, 1)], (_, _) => { }));
        Assert.Contains("layer 'fc8' of 'Random4' can only be projected in the whole image", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => windowed.Project(seen, 0, [new(0, 0, new(0, 99), 1)], (_, _) => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => windowed.Project(seen, 0, [new(1, 0, default, 1)], (_, _) => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => windowed.Project(seen, 0, [new(0, 99, default, 1)], (_, _) => { }));
    }

    /// <summary>The largest difference is at most 1e-5 of the largest expected value.</summary>
    private static void AssertClose(float[] expected, float[] actual, string what)
    {
        var scale = expected.Max(Math.Abs);
        var worst = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(worst <= Tolerance * scale, $"differs by {worst} of {scale}: {what}");
    }
}
