using System.Globalization;
using SkiaSharp;
using ZfDecl.Imaging;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Visualize;

/// <summary>
/// A picture of the filters of a layer that looks at the pixels, all on one scale: a kernel of 3 channels in colour, of 1 in grey. (Zeiler &amp; Fergus
/// 2014, Fig. 6 b–c.)
/// </summary>
public static class FilterSheet
{
    private const int Narrowest = 1000, Gap = 10, Margin = 32, LabelSize = 12;

    /// <summary>Draws the filters.</summary>
    /// <param name="caption">What the sheet says of where the weights come from.</param>
    /// <param name="layer">The layer; a convolution.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="filters">[C, kernel height, kernel width] of each map.</param>
    /// <returns>The sheet as a PNG.</returns>
    public static byte[] ToPng(SheetCaption caption, LayerInfo layer, int channels, IReadOnlyList<float[]> filters)
    {
        var (rows, columns) = (layer.Window!.Value.KernelHeight, layer.Window!.Value.KernelWidth);
        var scale = ProjectionScale.Of(filters, quantile: 1);
        var factor = Math.Max(1, 64 / Math.Max(rows, columns));
        var (height, width) = (rows * factor, columns * factor);
        var across = Math.Max(Narrowest / (width + Gap), (int)Math.Ceiling(Math.Sqrt(1.5 * filters.Count)));
        var header = Header(caption, layer, channels, scale, across * (width + Gap));
        var top = Margin + header.Height + Margin;
        var down = (filters.Count + across - 1) / across;
        var info = new SKImageInfo((2 * Margin) + (across * (width + Gap)) - Gap, top + (down * (height + LabelSize + Gap)) - Gap + Margin, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var bitmap = new SKBitmap(info);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SheetColors.Paper);
            header.Draw(canvas, Margin, Margin);
            using var font = OpenSans.At(LabelSize);
            using var ink = new SKPaint { IsAntialias = true, Color = SheetColors.FaintInk };
            using var fill = new SKPaint();
            for (var map = 0; map < filters.Count; map++)
            {
                var (x, y) = (Margin + (map % across * (width + Gap)), top + (map / across * (height + LabelSize + Gap)));
                canvas.DrawText(map.ToString(CultureInfo.InvariantCulture), x, y + LabelSize - 2, SKTextAlign.Left, font, ink);
                for (var i = 0; i < rows * columns; i++)
                {
                    fill.Color = Color(filters[map], i, rows * columns, channels, scale);
                    canvas.DrawRect(x + (i % columns * factor), y + LabelSize + (i / columns * factor), factor, factor, fill);
                }
            }
        }
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static SKColor Color(float[] filter, int pixel, int plane, int channels, ProjectionScale scale) => channels == 3
        ? new(scale.Shade(filter[pixel]), scale.Shade(filter[plane + pixel]), scale.Shade(filter[(2 * plane) + pixel]))
        : new(scale.Shade(filter[pixel]), scale.Shade(filter[pixel]), scale.Shade(filter[pixel]));

    private static SheetHeader Header(SheetCaption caption, LayerInfo layer, int channels, ProjectionScale scale, int width)
    {
        var window = layer.Window!.Value;
        var header = new SheetHeader(width);
        header.Title($"{caption.Network}  ·  {layer.Name}: its filters");
        header.Text($"{layer.Output.Maps} filters of {window.KernelHeight}×{window.KernelWidth}  ·  {caption.Weights}");
        header.Scale(FormattableString.Invariant(
            $"One scale for all{(channels == 3 ? ", in each colour channel" : "")}: black −{scale.RangeText}, mid grey 0, white +{scale.RangeText}, the largest weight"));
        return header;
    }
}
