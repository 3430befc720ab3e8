using SkiaSharp;
using ZfDecl.Imaging;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Live;

/// <summary>
/// What somebody does to an image by hand, in this order: looks at a part of it, enlarges it, turns and moves it, blurs it, and rubs parts of it out. Distances are pixels of
/// the network's input, which a decoded image has as well. It begins as nothing done.
/// </summary>
public sealed record ImageEdit
{
    /// <summary>The most standard deviations of a blur that are computed, in pixels.</summary>
    public const double MostBlur = 64;

    /// <summary>By how much the part that is looked at is enlarged; 1 for the whole.</summary>
    public double Zoom { get; init; } = 1;

    /// <summary>Where the centre of that part lies, to the right of the image's own.</summary>
    public double Right { get; init; }

    /// <summary>Where it lies, below the image's own.</summary>
    public double Down { get; init; }

    /// <summary>By how much the image is enlarged about its centre.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>By how many degrees it is turned about its centre, clockwise.</summary>
    public double Rotation { get; init; }

    /// <summary>By how much it is moved to the right.</summary>
    public double ShiftRight { get; init; }

    /// <summary>By how much it is moved down.</summary>
    public double ShiftDown { get; init; }

    /// <summary>The standard deviation of a Gaussian that it is blurred with.</summary>
    public double Blur { get; init; }

    /// <summary>What is rubbed out, of the image as the network sees it.</summary>
    public IReadOnlyList<ErasedDisc> Erased { get; init; } = [];

    private bool Moves => Zoom != 1 || Right != 0 || Down != 0 || Scale != 1 || Rotation != 0 || ShiftRight != 0 || ShiftDown != 0;

    /// <summary>The decoded image with all done to it that is done to pixels: all but what is rubbed out.</summary>
    /// <param name="decoded">[C, H, W] of <paramref name="shape"/>, 0 … 255.</param>
    /// <param name="shape">The shape of the image.</param>
    /// <param name="target">The decoded shape that is wanted; that of the image where omitted. An image of several times its size loses nothing where it is enlarged.</param>
    /// <returns>[C, H, W] of <paramref name="target"/>; the image itself where nothing is done.</returns>
    public byte[] Apply(byte[] decoded, FeatureShape shape, FeatureShape? target = null)
    {
        var to = target ?? shape;
        if (!Moves && to == shape)
            return Blur > 0 ? GaussianBlur.Of(decoded, shape, Blur) : decoded;
        var moved = new byte[to.Count];
        ResampledImage.Write(decoded, shape, Matrix(shape, to), moved, to);
        return Blur > 0 ? GaussianBlur.Of(moved, to, Blur) : moved;
    }

    /// <summary>Rubs out what is to be: the preprocessed values there become 0, the mean where the mean is subtracted.</summary>
    /// <param name="input">[C, H, W] of <paramref name="shape"/>, preprocessed; changed.</param>
    /// <param name="shape">The shape of the network's input.</param>
    public void Erase(Span<float> input, FeatureShape shape)
    {
        foreach (var disc in Erased)
        {
            var (top, bottom) = (Math.Max((int)(disc.Y - disc.Radius), 0), Math.Min((int)(disc.Y + disc.Radius) + 1, shape.Height));
            var (left, right) = (Math.Max((int)(disc.X - disc.Radius), 0), Math.Min((int)(disc.X + disc.Radius) + 1, shape.Width));
            for (var y = top; y < bottom; y++)
            {
                for (var x = left; x < right; x++)
                {
                    for (var channel = 0; disc.Covers(y, x) && channel < shape.Maps; channel++)
                        input[(((channel * shape.Height) + y) * shape.Width) + x] = 0;
                }
            }
        }
    }

    /// <summary>Where the points of the image go.</summary>
    private SKMatrix Matrix(FeatureShape shape, FeatureShape target)
    {
        var (x, y) = (target.Width / 2f, target.Height / 2f);
        var matrix = SKMatrix.CreateScale(target.Width / (float)shape.Width, target.Height / (float)shape.Height);
        Then(SKMatrix.CreateTranslation(-(float)Right, -(float)Down));
        Then(SKMatrix.CreateScale((float)Zoom, (float)Zoom, x, y));
        Then(SKMatrix.CreateScale((float)Scale, (float)Scale, x, y));
        Then(SKMatrix.CreateRotationDegrees((float)Rotation, x, y));
        Then(SKMatrix.CreateTranslation((float)ShiftRight, (float)ShiftDown));
        return matrix;

        void Then(SKMatrix next) => matrix = matrix.PostConcat(next);
    }
}
