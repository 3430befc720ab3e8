using System.Numerics;
using ZfDecl.Analyses.Diagnose;
using ZfDecl.Networks;
using ZfDecl.Tests.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis;

[Collection(Alone.Name)]
public class FrequencyTests
{
    private static readonly int[] Strides = [1, 2, 4, 8];

    [Fact]
    public void SharesAreThoseOfTheTransformWrittenOut()
    {
        using var filters = randn([3, 2, 5, 7], generator: new Generator(2));
        var found = FrequencyShares.Of(filters);
        for (var map = 0; map < 3; map++)
        {
            var bands = new double[3];
            for (var i = 0; i < FrequencyShares.Points; i++)
            {
                for (var j = 0; j < FrequencyShares.Points; j++)
                {
                    var (fy, fx) = (Signed(i, FrequencyShares.Points), Signed(j, FrequencyShares.Points));
                    var radius = Math.Sqrt(fy * fy + fx * fx);
                    for (var channel = 0; channel < 2; channel++)
                        bands[radius < 0.125 ? 0 : radius < 0.25 ? 1 : 2] += Energy(filters[map, channel], fy, fx);
                }
            }
            Assert.Equal(bands[0] / bands.Sum(), found[map].Low, 1e-6);
            Assert.Equal(bands[1] / bands.Sum(), found[map].Middle, 1e-6);
            Assert.Equal(bands[2] / bands.Sum(), found[map].High, 1e-6);
        }
    }

    [Theory]
    [InlineData(16.0, 0)]
    [InlineData(5.5, 1)]
    [InlineData(2.5, 2)]
    public void AWaveLiesInItsBand(double period, int band)
    {
        using var wave = arange(32, ScalarType.Float32).mul(2 * Math.PI / period).cos().view(1, 1, 1, 32).expand(1, 1, 32, 32).contiguous();
        var share = FrequencyShares.Of(wave)[0];
        Assert.True(new[] { share.Low, share.Middle, share.High }[band] > 0.9, share.ToString());
        var profile = FrequencyShares.Profile(wave, 20);
        Assert.Equal((int)(20 * 2 / period), profile.Index().MaxBy(ring => ring.Item).Index);
    }

    [Fact]
    public void NoiseHasTheSharesOfTheBandsAreas()
    {
        using var noise = randn([500, 1, 7, 7], generator: new Generator(5));
        var found = FrequencyShares.Of(noise);
        Assert.Equal(FrequencyShares.OfNoise.Low, found.Average(share => share.Low), 0.01);
        Assert.Equal(FrequencyShares.OfNoise.Middle, found.Average(share => share.Middle), 0.01);
        Assert.All(FrequencyShares.Profile(noise, 5), ring => Assert.Equal(1, ring, 0.15));
    }

    [Fact]
    public void AFilterOfZerosHasNoShares()
    {
        using var filter = zeros(1, 1, 3, 3);
        Assert.Equal(new FrequencyShares(0, 0, 0), FrequencyShares.Of(filter)[0]);
        Assert.All(FrequencyShares.Profile(filter, 4), ring => Assert.Equal(0, ring));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 1)]
    [InlineData(1, 2)]
    public void AliasingIsTheShareOfTheTransformWrittenOut(int strideY, int strideX)
    {
        using var scope = NewDisposeScope();
        var (input, weight) = (randn([3, 2, 10, 9], generator: new Generator(1)), randn([2, 2, 3, 3], generator: new Generator(2)));
        var layer = Layer(strideY, strideX);
        var aliasing = new Aliasing(layer, 2);
        aliasing.Add(input.narrow(0, 0, 2), weight);
        aliasing.Add(input.narrow(0, 2, 1), weight);

        var (beyond, total) = (new double[2], new double[2]);
        var answers = nn.functional.conv2d(input, weight, padding: [1, 1]);
        for (var image = 0; image < 3; image++)
        {
            for (var map = 0; map < 2; map++)
            {
                var centred = answers[image, map] - answers[image, map].mean();
                for (var y = 0; y < 10; y++)
                    for (var x = 0; x < 9; x++)
                        centred[y, x] *= (float)((0.5 - 0.5 * Math.Cos(2 * Math.PI * y / 10)) * (0.5 - 0.5 * Math.Cos(2 * Math.PI * x / 9)));
                for (var i = 0; i < 10; i++)
                {
                    for (var j = 0; j < 9; j++)
                    {
                        var (fy, fx) = (Signed(i, 10), Signed(j, 9));
                        var energy = Energy(centred, fy, fx);
                        total[map] += energy;
                        if ((strideY > 1 && Math.Abs(fy) >= 0.5 / strideY) || (strideX > 1 && Math.Abs(fx) >= 0.5 / strideX))
                            beyond[map] += energy;
                    }
                }
            }
        }
        Assert.Equal(beyond[0] / total[0], aliasing.OfMaps[0], 1e-4);
        Assert.Equal(beyond[1] / total[1], aliasing.OfMaps[1], 1e-4);
        Assert.Equal(beyond.Sum() / total.Sum(), aliasing.OfLayer, 1e-4);
    }

    [Fact]
    public void AliasingIsZeroForStrideOneAndGrowsWithTheStride()
    {
        using var scope = NewDisposeScope();
        var (input, weight) = (randn([2, 2, 24, 24], generator: new Generator(1)), randn([2, 2, 3, 3], generator: new Generator(2)));
        var found = Strides.Select(stride =>
        {
            var aliasing = new Aliasing(Layer(stride, stride), 2);
            aliasing.Add(input, weight);
            return aliasing.OfLayer;
        }).ToArray();
        Assert.Equal(0, found[0]);
        Assert.Equal(found.Order(), found);
        Assert.InRange(found[1], 0.3, 0.9);
    }

    [Fact]
    public void NoTensorIsLeftBehind()
    {
        using var filters = randn([3, 2, 5, 7], generator: new Generator(2));
        using var input = randn([1, 2, 9, 9], generator: new Generator(2));
        var before = LiveTensors.CountAfterCollection();
        FrequencyShares.Of(filters);
        FrequencyShares.Profile(filters, 5);
        new Aliasing(Layer(2, 2), 3).Add(input, filters);
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static LayerInfo Layer(int strideY, int strideX) => new(0, "conv1", "conv", new(2, 5, 5), default, 0, 0, 0) { Window = new(3, 3, strideY, strideX, 1, 1, 1, 1) };

    private static double Signed(int i, int points) => (i < (points + 1) / 2 ? i : i - points) / (double)points;

    /// <summary>|Σ v(y, x) e^(−2πi (f_y y + f_x x))|².</summary>
    private static double Energy(Tensor values, double fy, double fx)
    {
        var (height, width, sum) = (values.shape[0], values.shape[1], Complex.Zero);
        var flat = values.contiguous().data<float>().ToArray();
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                sum += flat[y * width + x] * Complex.Exp(new Complex(0, -2 * Math.PI * (fy * y + fx * x)));
        return sum.Real * sum.Real + sum.Imaginary * sum.Imaginary;
    }
}
