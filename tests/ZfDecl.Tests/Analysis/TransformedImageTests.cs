using ZfDecl.Analyses.Invariance;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Analysis;

public class TransformedImageTests
{
    private static readonly FeatureShape Colour = new(3, 9, 7), Square = new(1, 8, 8);

    [Theory]
    [InlineData(ImageTransformation.Translation, 0)]
    [InlineData(ImageTransformation.Scale, 1)]
    [InlineData(ImageTransformation.Rotation, 0)]
    [InlineData(ImageTransformation.Rotation, 360)]
    public void NoTransformationLeavesEveryPixelAsItIs(ImageTransformation transformation, double amount)
    {
        var image = Noise(Colour);
        Assert.Equal(image, Transform(image, Colour, transformation, amount));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-2)]
    public void MovingByWholePixelsCopiesRowsAndRepeatsTheBorder(int down)
    {
        var image = Noise(Colour);
        var moved = Transform(image, Colour, ImageTransformation.Translation, down);
        for (var channel = 0; channel < 3; channel++)
            for (var y = 0; y < 9; y++)
                for (var x = 0; x < 7; x++)
                    Assert.Equal(image[(channel * 9 + Math.Clamp(y - down, 0, 8)) * 7 + x], moved[(channel * 9 + y) * 7 + x]);
    }

    [Fact]
    public void AQuarterTurnIsClockwise()
    {
        var image = Noise(Square);
        var turned = Transform(image, Square, ImageTransformation.Rotation, 90);
        for (var y = 0; y < 8; y++)
            for (var x = 0; x < 8; x++)
                Assert.InRange(turned[y * 8 + x] - image[(7 - x) * 8 + y], -1, 1);      // the top left pixel goes to the top right
    }

    [Theory]
    [InlineData(ImageTransformation.Translation, 0.5)]
    [InlineData(ImageTransformation.Translation, -1.25)]
    [InlineData(ImageTransformation.Scale, 1.6)]
    [InlineData(ImageTransformation.Rotation, 33)]
    public void BetweenPixelsItInterpolatesByCubicConvolution(ImageTransformation transformation, double amount)
    {
        var image = Noise(Square);
        var (made, sine, cosine) = (Transform(image, Square, transformation, amount), Math.Sin(amount * Math.PI / 180), Math.Cos(amount * Math.PI / 180));
        for (var y = 0; y < 8; y++)
        {
            for (var x = 0; x < 8; x++)
            {
                // Where the pixel comes from, about the centre (4, 4) of the square; a pixel's value lies at its middle.
                var (u, v) = (x + 0.5 - 4, y + 0.5 - 4);
                var (fromX, fromY) = transformation switch
                {
                    ImageTransformation.Translation => (u, v - amount),
                    ImageTransformation.Scale => (u / amount, v / amount),
                    _ => (cosine * u + sine * v, -sine * u + cosine * v),
                };
                Assert.InRange(made[y * 8 + x] - Cubic(image, fromX + 4 - 0.5, fromY + 4 - 0.5), -1.5, 1.5);
            }
        }
    }

    /// <summary>Keys 1981, equation 15, along both axes; the border goes on.</summary>
    private static double Cubic(byte[] image, double x, double y)
    {
        var (left, top, sum) = ((int)Math.Floor(x), (int)Math.Floor(y), 0.0);
        for (var row = top - 1; row <= top + 2; row++)
            for (var column = left - 1; column <= left + 2; column++)
                sum += Kernel(x - column) * Kernel(y - row) * image[Math.Clamp(row, 0, 7) * 8 + Math.Clamp(column, 0, 7)];
        return Math.Clamp(sum, 0, 255);
    }

    private static double Kernel(double distance)
    {
        var s = Math.Abs(distance);
        return s < 1 ? 1.5 * s * s * s - 2.5 * s * s + 1 : s < 2 ? -0.5 * s * s * s + 2.5 * s * s - 4 * s + 2 : 0;
    }

    private static byte[] Transform(byte[] image, FeatureShape shape, ImageTransformation transformation, double amount)
    {
        var output = new byte[shape.Count];
        TransformedImage.Write(image, shape, transformation, amount, output);
        return output;
    }

    private static byte[] Noise(FeatureShape shape)
    {
        var pixels = new byte[shape.Count];
        new Random(3).NextBytes(pixels);
        return pixels;
    }
}
