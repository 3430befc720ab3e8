using SkiaSharp;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Tests.Data;

/// <summary>What a picture is to become: the filter of an interpolation, weight by weight, over the whole of it.</summary>
internal static class ExactResize
{
    /// <summary>One value of the picture, scaled so that it just covers the new one, in whose middle it lies.</summary>
    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture.</param>
    /// <param name="colour">Its pixels, by column and row.</param>
    /// <param name="newWidth">Of the new one.</param>
    /// <param name="newHeight">Of the new one.</param>
    /// <param name="x">Column of the new one.</param>
    /// <param name="y">Row of the new one.</param>
    /// <param name="channel">0 is red, 1 green, 2 blue.</param>
    /// <param name="interpolation">The filter.</param>
    /// <returns>0 … 255, not rounded; of a cubic filter maybe more or less.</returns>
    public static double Of(int width, int height, Func<int, int, SKColor> colour, int newWidth, int newHeight, int x, int y, int channel, Interpolation interpolation = Interpolation.Bilinear)
    {
        var scale = Math.Max((double)newWidth / width, (double)newHeight / height);
        var (scaledWidth, scaledHeight) = (Math.Max(newWidth, Math.Round(width * scale)), Math.Max(newHeight, Math.Round(height * scale)));
        var (sum, weights) = (0.0, 0.0);
        for (var row = 0; row < height; row++)
        {
            var down = Weight(row, y + (int)(scaledHeight - newHeight) / 2, height / scaledHeight);
            for (var column = 0; down != 0 && column < width; column++)
            {
                var weight = down * Weight(column, x + (int)(scaledWidth - newWidth) / 2, width / scaledWidth);
                if (weight == 0)
                    continue;
                var pixel = colour(column, row);
                sum += weight * (channel == 0 ? pixel.Red : channel == 1 ? pixel.Green : pixel.Blue);
                weights += weight;
            }
        }
        return sum / weights;

        double Weight(int place, int index, double step)
        {
            var (x, wide) = (Math.Abs(place + 0.5 - ((index + 0.5) * step)), Math.Max(step, 1));
            return interpolation switch
            {
                Interpolation.Bilinear => Math.Max(0, 1 - (x / wide)),
                // The part of the old pixel, place … place + 1, that lies in the new one.
                Interpolation.Area => Math.Max(0, Math.Min(place + 1, (index + 1) * step) - Math.Max(place, index * step)),
                // Keys 1981 with a = −½, for |x| up to 1 and up to 2.
                _ when x <= wide => 1 + (Math.Pow(x / wide, 2) * ((1.5 * x / wide) - 2.5)),
                _ when x <= 2 * wide => 2 + (x / wide * (-4 + (x / wide * (2.5 - (0.5 * x / wide))))),
                _ => 0,
            };
        }
    }
}
