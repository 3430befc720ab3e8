using SkiaSharp;
using ZfDecl.Imaging;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Predict;

/// <summary>A picture of predictions: each image with bars for what the network is surest of.</summary>
/// <param name="title">The title.</param>
/// <param name="text">What is shown, a paragraph an entry.</param>
/// <param name="shape">The shape of the images, of 1 or 3 channels.</param>
public sealed class PredictionSheet(string title, IReadOnlyList<string> text, FeatureShape shape)
{
    private const int Margin = 32, Gap = 28, Side = 120, TextWidth = 300, LineHeight = 19, MostColumns = 3, Narrowest = 700;
    private const float TextSize = 13, BarHeight = 12, BarPart = 0.35f;

    private readonly List<Cell> cells = [];

    private float Zoom => (float)Side / Math.Max(shape.Height, shape.Width);

    private static int CellWidth => Side + 12 + TextWidth + Gap;

    private static int CellHeight => Math.Max(Side, (1 + ImagePrediction.Top) * LineHeight) + Gap;

    private int Columns => Math.Clamp(cells.Count, 1, MostColumns);

    private int Content => Math.Max(Narrowest, (Columns * CellWidth) - Gap);

    /// <summary>Adds an image.</summary>
    /// <param name="pixels">[C, H, W], 0 … 255.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="bars">What the network is surest of, the surest first: its name, a share 0 … 1 for the bar, and the number in words.</param>
    public void Add(byte[] pixels, string name, IReadOnlyList<(string Name, double Share, string Value)> bars) => cells.Add(new(pixels, name, bars));

    /// <summary>Draws it.</summary>
    /// <returns>A PNG file.</returns>
    public byte[] ToPng()
    {
        var header = Header();
        using var bitmap = new SKBitmap(new SKImageInfo(Content + (2 * Margin), Height(header), SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
            Draw(canvas, header);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Draws it with lines and letters that stay sharp at any size.</summary>
    /// <returns>The text of an SVG file.</returns>
    public string ToSvg()
    {
        var header = Header();
        return SvgPicture.Of(Content + (2 * Margin), Height(header), canvas => Draw(canvas, header));
    }

    private SheetHeader Header()
    {
        var header = new SheetHeader(Content);
        header.Title(title);
        foreach (var paragraph in text)
            header.Text(paragraph);
        return header;
    }

    private int Height(SheetHeader header) => Margin + header.Height + Gap + ((cells.Count + Columns - 1) / Columns * CellHeight) + Margin - Gap;

    private void Draw(SKCanvas canvas, SheetHeader header)
    {
        canvas.Clear(SheetColors.Paper);
        header.Draw(canvas, Margin, Margin);
        foreach (var (number, cell) in cells.Index())
            Draw(canvas, cell, Margin + (number % Columns * CellWidth), Margin + header.Height + Gap + (number / Columns * CellHeight));
    }

    private void Draw(SKCanvas canvas, Cell cell, int left, int top)
    {
        var box = SKRect.Create(left, top, shape.Width * Zoom, shape.Height * Zoom);
        using (var edge = new SKPaint { Color = SheetColors.TileEdge })
            canvas.DrawRect(SKRect.Inflate(box, 1, 1), edge);
        using (var picture = PixelImage.AtMost(cell.Pixels, shape, (int)box.Width, (int)box.Height))
            canvas.DrawImage(picture, box, new SKSamplingOptions(SKFilterMode.Nearest));
        var column = left + Side + 12;
        SheetText.Draw(canvas, cell.Name, column, top + TextSize, TextSize, SheetColors.Ink, TextWidth);
        var bars = TextWidth * BarPart;
        using var ink = new SKPaint { Color = SheetColors.Bar };
        foreach (var (rank, (name, share, value)) in cell.Bars.Index())
        {
            var baseline = top + ((rank + 1) * LineHeight) + TextSize + 3;
            canvas.DrawRect(column, baseline - BarHeight + 2, Math.Max(1, bars * (float)Math.Clamp(share, 0, 1)), BarHeight, ink);
            SheetText.Draw(canvas, value, column + bars + 52, baseline, TextSize, SheetColors.FaintInk, align: SKTextAlign.Right);
            SheetText.Draw(canvas, name, column + bars + 60, baseline, TextSize, SheetColors.Ink, TextWidth - bars - 60);
        }
    }

    private sealed record Cell(byte[] Pixels, string Name, IReadOnlyList<(string Name, double Share, string Value)> Bars);
}
