using System.Numerics;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Tests.Networks;

public class ReluPoolNormTests
{
    private static readonly ResponseParameters Norm = new(5, 0.9, 0.75, 1.5);

    /// <summary>Random geometries; every other one has fewer maps than a vector holds, which torch's operations take, or a rest that fills none.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ItAgreesWithTorchForwardAndBackward(int seed)
    {
        using var scope = NewDisposeScope();
        var chance = new Random(seed);
        var (n, maps) = (chance.Next(1, 4), chance.Next(1, 3 * Vector<float>.Count));
        var (kernel, stride, roundUp) = (Pair(1, 5), Pair(1, 4), chance.Next(2) == 1);
        long[] padding = [chance.Next((int)kernel[0] / 2 + 1), chance.Next((int)kernel[1] / 2 + 1)];
        long[] shape = [n, maps, kernel[0] + chance.Next(12), kernel[1] + chance.Next(12)];
        ResponseParameters? norm = chance.Next(3) == 0 ? null : Norm with { Size = chance.Next(1, 8) };
        using var generator = new Generator((ulong)seed);
        // Whole numbers tie often; shifted down, many windows are negative throughout.
        var start = randn(shape, generator: generator) * 3 - chance.Next(3);
        start = chance.Next(2) == 0 ? start.round() : start;
        start = chance.Next(2) == 0 ? ChannelsLast.Of(start) : start;
        var (own, torchs) = (start.detach().clone().requires_grad_(true), start.detach().clone().requires_grad_(true));

        var result = ReluPoolNorm.Apply(own, kernel, stride, padding, roundUp, norm);
        var expected = Plain(torchs, kernel, stride, padding, roundUp, norm);
        AssertClose(expected, result);
        var weights = randn(expected.shape, generator: generator);
        (result * weights).sum().backward();
        (expected * weights).sum().backward();
        AssertClose(torchs.grad!, own.grad!);
        using var noGrad = no_grad();
        AssertClose(expected, ReluPoolNorm.Apply(start, kernel, stride, padding, roundUp, norm));

        long[] Pair(int least, int most) => [chance.Next(least, most + 1), chance.Next(least, most + 1)];
    }

    [Fact]
    public void OfEqualMaximaTheFirstGetsTheGradient()
    {
        using var scope = NewDisposeScope();
        var maps = ones(1, Vector<float>.Count, 4, 4).requires_grad_(true);
        ReluPoolNorm.Apply(maps, [2, 2], [2, 2], [0, 0], false).sum().backward();

        // Windows begin at even rows and columns.
        var rows = arange(4).remainder(2).eq(0);
        Assert.True(maps.grad!.eq(rows.unsqueeze(1).logical_and(rows).to(ScalarType.Float32)).all().item<bool>());
    }

    [Fact]
    public void WhatIsNoNumberComesThrough()
    {
        using var scope = NewDisposeScope();
        var maps = -ones(1, 2 * Vector<float>.Count, 5, 5);
        maps[0, 3, 2, 2] = float.NaN;
        var result = ReluPoolNorm.Apply(maps, [3, 3], [2, 2], [0, 0], false, Norm);

        Assert.True(result[0, 3].isnan().all().item<bool>());
        Assert.False(result[0, 8].isnan().any().item<bool>());
    }

    /// <summary>Wherever in a window it lies, of either sign; sums of the largest numbers are infinite too.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.MaxValue)]
    public void WhatIsNotFiniteComesThroughWithoutGradientsToo(float value)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var maps = randn(1, 2 * Vector<float>.Count, 7, 7);
        for (var place = 0; place < 9; place++)
            maps[0, place, place / 3, place % 3] = place % 2 == 0 ? value : BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) ^ int.MinValue);
        maps[0, 9, 3] = value;
        var result = ReluPoolNorm.Apply(maps, [3, 3], [2, 2], [0, 0], false);

        Assert.True(allclose(Plain(maps, [3, 3], [2, 2], [0, 0], false, null), result, rtol: 0, atol: 0, equal_nan: true));
    }

    [Fact]
    public void NothingThatIsAppliedOutlivesItsResult()
    {
        using var scope = NewDisposeScope();
        var maps = randn(2, 16, 9, 9).requires_grad_(true);
        var before = scope.DisposablesCount;
        ReluPoolNorm.Apply(maps, [3, 3], [2, 2], [0, 0], true, Norm).Dispose();

        Assert.Equal(before, scope.DisposablesCount);
    }

    [Theory]
    [InlineData(ScalarType.Float64, 0.75)]
    [InlineData(ScalarType.Float32, 0.5)]
    public void OtherTypesAndExponentsAreTorchs(ScalarType type, double beta)
    {
        using var scope = NewDisposeScope();
        var maps = randn([2, 16, 9, 9], type);
        var norm = Norm with { Beta = beta };
        var result = ReluPoolNorm.Apply(maps, [3, 3], [2, 2], [1, 1], true, norm);

        Assert.Equal(type, result.dtype);
        AssertClose(Plain(maps, [3, 3], [2, 2], [1, 1], true, norm), result);
    }

    private static Tensor Plain(Tensor maps, long[] kernel, long[] stride, long[] padding, bool roundUp, ResponseParameters? norm)
    {
        var pooled = F.max_pool2d(F.relu(maps), kernel, stride, padding, ceil_mode: roundUp);
        return norm is { } n ? F.local_response_norm(pooled, n.Size, n.Alpha, n.Beta, n.K) : pooled;
    }

    /// <summary>The largest difference is at most 1e-6 of the largest value.</summary>
    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        var scale = expected.abs().max().to(ScalarType.Float32).item<float>();
        Assert.InRange((expected - actual).abs().max().to(ScalarType.Float32).item<float>(), 0, 1e-6f * Math.Max(scale, 1e-3f));
    }
}
