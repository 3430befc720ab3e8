using SkiaSharp;
using ZfDecl.Networks;

namespace ZfDecl.Imaging;

/// <summary>Small images in rows and columns, below a title; enlarged by a whole factor until they can be made out.</summary>
/// <param name="title">The title.</param>
/// <param name="text">What is shown, a paragraph an entry.</param>
/// <param name="shape">The shape of each image; 1 channel is shown in grey, 3 in colour.</param>
/// <param name="columns">The line above each column.</param>
internal sealed class ImageGrid(string title, IReadOnlyList<string> text, FeatureShape shape, IReadOnlyList<string> columns)
{
    private const int Margin = 32, Gap = 6, Readable = 72, Comfortable = 200, NarrowestContent = 700;
    private const float LabelSize = 14;

    private readonly List<(string Label, IReadOnlyList<byte[]?> Images)> rows = [];

    /// <summary>Readable in any case; larger, as far as few columns leave room.</summary>
    private int Factor
    {
        get
        {
            var side = Math.Max(shape.Height, shape.Width);
            return Math.Max((Readable + side - 1) / side, Math.Min(Comfortable, (NarrowestContent / columns.Count) - Gap) / side);
        }
    }

    private (int Width, int Height) Cell => (shape.Width * Factor + Gap, shape.Height * Factor + Gap);

    /// <summary>Adds a row.</summary>
    /// <param name="label">What stands above it.</param>
    /// <param name="images">[C, H, W] each, 0 … 255; as many as columns, or fewer; null leaves a position empty.</param>
    public void Add(string label, IReadOnlyList<byte[]?> images) => rows.Add((label, images));

    /// <summary>Draws the rows that were added so far.</summary>
    /// <returns>A PNG file.</returns>
    /// <exception cref="InvalidOperationException">The images have neither 1 nor 3 channels.</exception>
    public byte[] ToPng()
    {
        if (shape.Maps is not (1 or 3))
            throw new InvalidOperationException($"an image of {shape.Maps} channels cannot be shown; 1 (grey) and 3 (colour) can");
        var width = Math.Max(columns.Count * Cell.Width - Gap, NarrowestContent);
        var header = new SheetHeader(width);
        header.Title(title);
        foreach (var paragraph in text)
            header.Text(paragraph);
        const int Line = (int)(LabelSize * 1.6f);
        var top = Margin + header.Height + Margin / 2;
        var rowHeight = Cell.Height + Line;
        using var bitmap = new SKBitmap(new SKImageInfo(width + 2 * Margin, top + Line + rows.Count * rowHeight + Margin, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var font = OpenSans.At(LabelSize);
        using var ink = new SKPaint { IsAntialias = true, Color = SheetColors.FaintInk };
        using var edge = new SKPaint { Color = SheetColors.TileEdge };
        canvas.Clear(SheetColors.Paper);
        header.Draw(canvas, Margin, Margin);
        for (var column = 0; column < columns.Count; column++)
            canvas.DrawText(columns[column], Margin + column * Cell.Width + (Cell.Width - Gap) / 2f, top + LabelSize, SKTextAlign.Center, font, ink);
        for (var row = 0; row < rows.Count; row++)
        {
            var y = top + Line + row * rowHeight;
            canvas.DrawText(rows[row].Label, Margin, y + LabelSize, SKTextAlign.Left, font, ink);
            for (var column = 0; column < rows[row].Images.Count; column++)
            {
                if (rows[row].Images[column] is not { } image)
                    continue;
                var box = SKRect.Create(Margin + column * Cell.Width, y + Line, Cell.Width - Gap, Cell.Height - Gap);
                canvas.DrawRect(SKRect.Inflate(box, 1, 1), edge);
                using var picture = PixelImage.Of(image, shape);
                canvas.DrawImage(picture, box, new SKSamplingOptions(SKFilterMode.Nearest));
            }
        }
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
