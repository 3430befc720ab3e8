using SkiaSharp;

namespace ZfDecl.Tests.Data;

/// <summary>What a picture is to become: the triangle filter, weight by weight, over the whole of it.</summary>
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
    /// <returns>0 … 255, not rounded.</returns>
    public static double Of(int width, int height, Func<int, int, SKColor> colour, int newWidth, int newHeight, int x, int y, int channel)
    {
        var scale = Math.Max((double)newWidth / width, (double)newHeight / height);
        var (scaledWidth, scaledHeight) = (Math.Max(newWidth, Math.Round(width * scale)), Math.Max(newHeight, Math.Round(height * scale)));
        var (sum, weights) = (0.0, 0.0);
        for (var row = 0; row < height; row++)
        {
            var down = Weight(row, y + (int)(scaledHeight - newHeight) / 2, height / scaledHeight);
            for (var column = 0; down > 0 && column < width; column++)
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

        static double Weight(int place, int index, double step) => Math.Max(0, 1 - Math.Abs(place + 0.5 - (index + 0.5) * step) / Math.Max(step, 1));
    }
}
