using ZfDecl.Analyses.Invariance;
using ZfDecl.Analyses.Live;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Analysis.Live;

/// <summary>What somebody does to an image by hand.</summary>
public class ImageEditTests
{
    private static readonly FeatureShape Shape = new(3, 20, 24);
    private static readonly byte[] Image = Noise(Shape);

    [Fact]
    public void WhereNothingIsDoneItIsTheImageItself() => Assert.Same(Image, new ImageEdit().Apply(Image, Shape));

    [Theory]
    [InlineData(ImageTransformation.Translation, 3)]
    [InlineData(ImageTransformation.Scale, 1.3)]
    [InlineData(ImageTransformation.Rotation, 25)]
    public void OneTransformationAloneIsThatOfTheInvarianceAnalysis(ImageTransformation transformation, double amount)
    {
        var expected = new byte[Image.Length];
        TransformedImage.Write(Image, Shape, transformation, amount, expected);
        var edit = transformation switch
        {
            ImageTransformation.Translation => new ImageEdit { ShiftDown = amount },
            ImageTransformation.Scale => new() { Scale = amount },
            _ => new() { Rotation = amount },
        };
        Assert.Equal(expected, edit.Apply(Image, Shape));
    }

    [Fact]
    public void AZoomOfTwoShowsTheQuarterAroundItsCentreAndFromALargerImageLosesNothing()
    {
        var zoom = new ImageEdit { Zoom = 2, Right = 6, Down = -5 };
        var large = new byte[Shape.Count * 4];              // each pixel twice as high and wide, with a mark in its middle
        var larger = Shape with { Height = 40, Width = 48 };
        for (var i = 0; i < large.Length; i++)
            large[i] = (byte)(i * 31);
        var found = zoom.Apply(large, larger, Shape);
        for (var channel = 0; channel < 3; channel++)
        {
            for (var y = 0; y < 20; y++)
            {
                // The part's first row is 20 / 2 − 5 − 20 / 4 = 0 of the image, its first column 24 / 2 + 6 − 24 / 4 = 12.
                for (var x = 0; x < 24; x++)
                    Assert.Equal(large[(((channel * 40) + y) * 48) + 24 + x], found[(((channel * 20) + y) * 24) + x]);
            }
        }
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(2.5)]
    public void ABlurIsTheSumOverAllPixelsWeighedByAGaussian(double deviation)
    {
        var found = new ImageEdit { Blur = deviation }.Apply(Image, Shape);
        var reach = Math.Max((int)Math.Ceiling(3 * deviation), 1);
        for (var i = 0; i < Image.Length; i++)
        {
            var (channel, y, x) = (i / 480, i / 24 % 20, i % 24);
            var (sum, weights) = (0.0, 0.0);
            for (var down = -reach; down <= reach; down++)
            {
                for (var right = -reach; right <= reach; right++)
                {
                    var weight = Math.Exp(-((down * down) + (right * right)) / (2 * deviation * deviation));
                    sum += weight * Image[(((channel * 20) + Math.Clamp(y + down, 0, 19)) * 24) + Math.Clamp(x + right, 0, 23)];
                    weights += weight;
                }
            }
            Assert.InRange(found[i], (sum / weights) - 0.51, (sum / weights) + 0.51);
        }
    }

    [Fact]
    public void WhatIsRubbedOutIsZeroAndNothingElseChanges()
    {
        var edit = new ImageEdit { Erased = [new(5, 4, 2.2), new(23.5, 19.5, 3)] };
        float[] input = [.. Enumerable.Range(1, (int)Shape.Count)];
        edit.Erase(input, Shape);
        for (var i = 0; i < input.Length; i++)
        {
            var (y, x) = ((i / 24 % 20) + 0.5, (i % 24) + 0.5);
            var isErased = Math.Sqrt(((y - 4) * (y - 4)) + ((x - 5) * (x - 5))) <= 2.2 || Math.Sqrt(((y - 19.5) * (y - 19.5)) + ((x - 23.5) * (x - 23.5))) <= 3;
            Assert.Equal(isErased ? 0 : i + 1, input[i]);
        }
    }

    private static byte[] Noise(FeatureShape shape)
    {
        var pixels = new byte[shape.Count];
        new Random(5).NextBytes(pixels);
        return pixels;
    }
}
