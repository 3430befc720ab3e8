using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Networks;

public sealed class LocalContrastNormalizationTests
{
    [Theory]
    [InlineData(1, 9, 11, 3)]
    [InlineData(3, 12, 7, 5)]
    [InlineData(2, 4, 4, 9)]                                            // the window is larger than the map
    public void ItEqualsLoopsOverPixels(int maps, int height, int width, int size)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var images = randn([2, maps, height, width], generator: generator);
        var normalized = LocalContrastNormalization.Apply(images, size);
        for (var n = 0; n < 2; n++)
        {
            var (expected, actual) = (Naive(Pixels(images[n]), size).Cast<double>().ToArray(), normalized[n].contiguous().data<float>().ToArray());
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void AFlatImageStaysFlatAndHasAFiniteGradient()
    {
        using var scope = NewDisposeScope();
        var image = full([1, 3, 12, 12], 117f, requires_grad: true);
        var normalized = LocalContrastNormalization.Apply(image, 5);
        normalized.square().sum().backward();
        Assert.InRange(normalized.abs().max().item<float>(), 0, 0.5);   // rounding errors of 117, about 1e-5, by the least deviation, 1e-4
        Assert.True(isfinite(image.grad!).all().item<bool>());
    }

    [Fact]
    public void ContrastIsMadeEqualButForWeakPlaces()
    {
        // A checkerboard of ±1 on the left and of ±10 on the right. Left: σ < c, divided by c. Right: σ > c, divided by σ, to about ±1.
        using var scope = NewDisposeScope();
        var checks = ((arange(20).view(-1, 1) + arange(20)) % 2 * 2 - 1).to(ScalarType.Float32);
        var image = (checks * where(arange(20) < 10, 1f, 10f)).view(1, 1, 20, 20);
        var normalized = LocalContrastNormalization.Apply(image, 3);
        Assert.InRange(normalized[0, 0, 10, 2].abs().item<float>(), 0.1, 0.3);
        Assert.InRange(normalized[0, 0, 10, 17].abs().item<float>(), 0.9, 1.5);
    }

    [Fact]
    public void AUnitWhoseOwnDeviationCountsSeesTwoWindowsOnEachOther()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var image = randn([1, 1, 21, 21], generator: generator);
        image[0, 0, 8..13, 8..13] *= 30;                                // there σ > c: the mean over the image plays no part
        image.requires_grad_(true);
        LocalContrastNormalization.Apply(image, 5)[0, 0, 10, 10].backward();
        var seen = image.grad![0, 0].ne(0).nonzero();                   // [pixels, 2]
        Assert.Equal((6, 14), (seen.amin([0])[0].item<long>(), seen.amax([0])[0].item<long>()));    // 10 ± 4: 2 · 5 − 1 = 9 rows
    }

    [Fact]
    public void AWindowWithoutAMiddleIsRefused()
    {
        using var image = zeros(1, 1, 5, 5);
        Assert.Throws<ArgumentException>(() => LocalContrastNormalization.Apply(image, 4));
    }

    private static double[,,] Naive(double[,,] x, int size)
    {
        var (maps, height, width) = (x.GetLength(0), x.GetLength(1), x.GetLength(2));
        double[,,] v = new double[maps, height, width], y = new double[maps, height, width];
        var deviation = new double[height, width];
        Each((map, row, column) => v[map, row, column] = x[map, row, column] - Weighted(row, column, (m, r, c) => x[m, r, c]));
        Each((_, row, column) => deviation[row, column] = Math.Sqrt(Weighted(row, column, (m, r, c) => v[m, r, c] * v[m, r, c])));
        var typical = deviation.Cast<double>().Average();
        Each((map, row, column) => y[map, row, column] = v[map, row, column] / Math.Max(typical, deviation[row, column]));
        return y;

        double Weighted(int row, int column, Func<int, int, int, double> value)
        {
            var (sum, weights) = (0.0, 0.0);
            Each((m, r, c) =>
            {
                if (Math.Abs(r - row) > size / 2 || Math.Abs(c - column) > size / 2)
                    return;
                var weight = Math.Exp(-(((r - row) * (r - row)) + ((c - column) * (c - column))) / (2 * (size / 4.0) * (size / 4.0)));
                (sum, weights) = (sum + (weight * value(m, r, c)), weights + weight);
            });
            return sum / weights;
        }

        void Each(Action<int, int, int> visit)
        {
            for (var map = 0; map < maps; map++)
                for (var row = 0; row < height; row++)
                    for (var column = 0; column < width; column++)
                        visit(map, row, column);
        }
    }

    private static double[,,] Pixels(Tensor image)
    {
        var (maps, height, width) = ((int)image.shape[0], (int)image.shape[1], (int)image.shape[2]);
        var (flat, pixels) = (image.contiguous().data<float>().ToArray(), new double[maps, height, width]);
        for (var i = 0; i < flat.Length; i++)
            pixels[i / (height * width), i / width % height, i % width] = flat[i];
        return pixels;
    }
}
