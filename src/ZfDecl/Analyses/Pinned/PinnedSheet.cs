using SkiaSharp;
using ZfDecl.Imaging;

namespace ZfDecl.Analyses.Pinned;

/// <summary>Pins side by side: of each what the unit saw, its projection on a scale of its own, and the note.</summary>
/// <param name="title">The network and its weights.</param>
/// <param name="views">What is shown; at least one.</param>
public sealed class PinnedSheet(string title, IReadOnlyList<PinnedView> views)
{
    private const int Columns = 3, Side = 180, Gap = 12, Margin = 24, Head = 48, Lines = 4, LineHeight = 18;
    private const int CellWidth = (2 * Side) + Gap, CellHeight = Side + (Lines * LineHeight) + Gap;

    private int Across => Math.Min(Columns, views.Count);

    private int Width => (2 * Margin) + (Across * CellWidth) + ((Across - 1) * Margin);

    private int Height => Head + (2 * Margin) + ((views.Count + Columns - 1) / Columns * (CellHeight + Margin));

    /// <summary>The sheet as a PNG.</summary>
    public byte[] ToPng()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
            Draw(canvas);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>The sheet as an SVG file.</summary>
    public string ToSvg() => SvgPicture.Of(Width, Height, Draw);

    private void Draw(SKCanvas canvas)
    {
        canvas.Clear(SheetColors.Paper);
        SheetText.Draw(canvas, title, Margin, Margin + 18, 20, SheetColors.Ink, Width - (2 * Margin));
        foreach (var (number, view) in views.Index())
            Draw(canvas, view, Margin + (number % Columns * (CellWidth + Margin)), Head + Margin + (number / Columns * (CellHeight + Margin)));
    }

    private static void Draw(SKCanvas canvas, PinnedView view, int left, int top)
    {
        Draw(canvas, view, view.Patch, left, top);
        Draw(canvas, view, view.Shades, left + Side + Gap, top);
        foreach (var (line, text) in new[] { view.Title, view.Details, $"black and white are ±{view.Scale.RangeText}", view.Pin.Note.ReplaceLineEndings(" ") }.Index())
            SheetText.Draw(canvas, text, left, top + Side + ((line + 1) * LineHeight), 13, line is 1 or 2 ? SheetColors.FaintInk : SheetColors.Ink, CellWidth);
    }

    private static void Draw(SKCanvas canvas, PinnedView view, byte[] pixels, int left, int top)
    {
        var window = view.Window;
        var scale = (float)Side / Math.Max(window.Height, window.Width);
        using var image = PixelImage.Of(pixels, view.Input with { Height = window.Height, Width = window.Width });
        canvas.DrawImage(image, SKRect.Create(left, top, scale * window.Width, scale * window.Height), new SKSamplingOptions(SKFilterMode.Nearest));
    }
}
