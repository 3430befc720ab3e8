using SkiaSharp;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Imaging;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Project;

/// <summary>A picture of one projection: the image, with the window that a unit sees; what lies in that window; and the projection of it. Where the window is the whole image, that is shown once.</summary>
public static class ProjectionPicture
{
    private const int Side = 360, Gap = 20, Margin = 32, Narrowest = 1000;

    /// <summary>Draws the picture.</summary>
    /// <param name="title">For example <c>Fashion  ·  conv3, map 17</c>.</param>
    /// <param name="lines">What else is said of it.</param>
    /// <param name="input">The shape of the network's input, of 1 or 3 channels.</param>
    /// <param name="image">[C, H, W] of the input, 0 … 255.</param>
    /// <param name="projection">[C, H, W] of the input.</param>
    /// <param name="region">The window; it may reach over the border.</param>
    /// <returns>The picture as a PNG.</returns>
    public static byte[] ToPng(string title, IReadOnlyList<string> lines, FeatureShape input, byte[] image, float[] projection, PixelRegion region)
    {
        var inside = region.ClipTo(input.Height, input.Width);
        var scale = ProjectionScale.Of([projection], FeatureSheet.ScaleQuantile);
        var (whole, part) = (Math.Max(1, Side / Math.Max(input.Height, input.Width)), Math.Max(1, Side / Math.Max(inside.Height, inside.Width)));
        var isWhole = inside == new PixelRegion(0, 0, input.Height, input.Width);
        var width = (input.Width * whole) + ((isWhole ? 1 : 2) * (Gap + (inside.Width * part)));
        var header = new SheetHeader(Math.Max(width, Narrowest));
        header.Title(title);
        foreach (var line in lines)
            header.Text(line);
        header.Scale(FormattableString.Invariant(
            $"The projection{(input.Maps == 3 ? ", in each colour channel" : "")}: black −{scale.RangeText}, mid grey 0, white +{scale.RangeText} (the {scale.Quantile * 100:0.##} % quantile of the absolute values other than 0; {scale.Clipped * 100:0.##} % of them are clipped)"));
        var top = Margin + header.Height + (Margin / 2);
        var height = Math.Max(input.Height * whole, inside.Height * part);
        using var bitmap = new SKBitmap(new SKImageInfo((2 * Margin) + Math.Max(width, Narrowest), top + height + Margin, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SheetColors.Paper);
            header.Draw(canvas, Margin, Margin);
            Draw(canvas, Margin, top, whole, new(0, 0, input.Height, input.Width), i => image[i]);
            var left = Margin + (input.Width * whole) + Gap;
            if (!isWhole)
            {
                using var line = new SKPaint { Color = SKColors.OrangeRed, IsStroke = true, StrokeWidth = 2 };
                canvas.DrawRect(Margin + (inside.Left * whole), top + (inside.Top * whole), inside.Width * whole, inside.Height * whole, line);
                Draw(canvas, left, top, part, inside, i => image[i]);
                left += (inside.Width * part) + Gap;
            }
            Draw(canvas, left, top, part, inside, i => scale.Shade(projection[i]));
        }
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();

        void Draw(SKCanvas canvas, int left, int top, int factor, PixelRegion shown, Func<int, byte> shade)
        {
            var plane = input.Height * input.Width;
            var (green, blue) = input.Maps == 1 ? (0, 0) : (plane, 2 * plane);
            using var fill = new SKPaint();
            for (var y = 0; y < shown.Height; y++)
            {
                for (var x = 0; x < shown.Width; x++)
                {
                    var i = ((shown.Top + y) * input.Width) + shown.Left + x;
                    fill.Color = new(shade(i), shade(green + i), shade(blue + i));
                    canvas.DrawRect(left + (x * factor), top + (y * factor), factor, factor, fill);
                }
            }
        }
    }
}
