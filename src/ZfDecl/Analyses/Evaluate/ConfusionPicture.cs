using System.Globalization;
using SkiaSharp;
using ZfDecl.Imaging;

namespace ZfDecl.Analyses.Evaluate;

/// <summary>
/// A confusion matrix as a picture: one row per class, one column per predicted class, the shade of a cell the share of the row. The shade follows the square
/// root of the share, so that rare confusions are seen; the key says which is which. Few classes have names and numbers, many have every so many an index.
/// </summary>
/// <param name="classes">The names of the classes; at least 2.</param>
/// <param name="counts">[class, predicted class].</param>
/// <param name="title">What was evaluated, on what.</param>
public sealed class ConfusionPicture(IReadOnlyList<string> classes, int[,] counts, string title)
{
    private const int Margin = 32, MostNamed = 120, MostNumbered = 30, LongestName = 24, LeastWidth = 820;

    // One scale of one hue, told apart by lightness alone: with any colour vision, and in grey.
    private static readonly SKColor Full = new(0x0B, 0x3C, 0x7A), Empty = new(0xF4, 0xF5, 0xF7);

    // So that the matrix is about 1000 pixels wide, but names can be read and a cell is at least 2.
    private readonly int cell = classes.Count <= MostNamed ? Math.Clamp(1000 / classes.Count, 14, 64) : Math.Max(1200 / classes.Count, 2);

    private bool IsNamed => classes.Count <= MostNamed;

    private float LabelSize => IsNamed ? Math.Clamp(cell * 0.7f, 10, 16) : 16;

    /// <summary>The picture as a PNG.</summary>
    public byte[] ToPng()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
            Draw(canvas);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>The picture as the text of an SVG file.</summary>
    public string ToSvg() => SvgPicture.Of(Width, Height, Draw);

    private int Side => classes.Count * cell;

    /// <summary>Columns that the labels and the name of the axis take.</summary>
    private int Beside
    {
        get
        {
            using var font = OpenSans.At(LabelSize);
            return (int)MathF.Ceiling(Labels().Select(label => font.MeasureText(label.Text)).DefaultIfEmpty().Max() + LabelSize * 2.4f);
        }
    }

    private int Width => 2 * Margin + Math.Max(Beside + Side, LeastWidth);

    private int Height => 3 * Margin + Header().Height + Beside + Side;

    private void Draw(SKCanvas canvas)
    {
        using var font = OpenSans.At(LabelSize);
        var header = Header();
        var (left, above) = (Margin + Beside, 2 * Margin + header.Height + Beside);
        canvas.Clear(SheetColors.Paper);
        header.Draw(canvas, Margin, Margin);
        DrawLabels(canvas, font, left, above);
        DrawCells(canvas, left, above);
    }

    private SheetHeader Header()
    {
        var header = new SheetHeader(Math.Max(Beside + Side, LeastWidth));
        header.Title("Confusion matrix");
        header.Text(title);
        header.Text("Row: the class of the image; column: what was predicted. Each row's shares add up to 1; a class without images is an empty row");
        if (!IsNamed)
            header.Text("Classes are numbered from 0, in the order of classes.csv");
        header.Key(DrawRamp, 14, "share of the row: 0, 1, 10, 25, 50 and 100 % from left to right; what is right lies on the diagonal, framed");
        return header;
    }

    private void DrawCells(SKCanvas canvas, int left, int above)
    {
        using var paint = new SKPaint { IsAntialias = false };
        using var font = OpenSans.At(Math.Min(cell * 0.36f, 16));
        using var text = new SKPaint { IsAntialias = true };
        var gap = cell >= 8 ? 1 : 0;
        paint.Color = Empty;
        canvas.DrawRect(left, above, classes.Count * cell, classes.Count * cell, paint);
        for (var row = 0; row < classes.Count; row++)
        {
            var total = Enumerable.Range(0, classes.Count).Sum(column => counts[row, column]);
            for (var column = 0; column < classes.Count; column++)
            {
                if (counts[row, column] == 0)
                    continue;
                var depth = MathF.Sqrt((float)counts[row, column] / total);
                var (x, y) = (left + column * cell, above + row * cell);
                paint.Color = Shade(depth);
                canvas.DrawRect(x, y, cell - gap, cell - gap, paint);
                if (row == column && cell >= 8)
                    Frame(canvas, SKRect.Create(x + 0.5f, y + 0.5f, cell - 2, cell - 2));
                if (classes.Count > MostNumbered)
                    continue;
                text.Color = depth > 0.6f ? SheetColors.Paper : SheetColors.Ink;
                canvas.DrawText(counts[row, column].ToString(CultureInfo.InvariantCulture), x + cell / 2f, y + cell / 2f + font.Size * 0.36f, SKTextAlign.Center, font, text);
            }
        }
        paint.Color = SheetColors.TileEdge;
        paint.IsStroke = true;
        canvas.DrawRect(left - 1, above - 1, classes.Count * cell + 1, classes.Count * cell + 1, paint);
    }

    private void DrawLabels(SKCanvas canvas, SKFont font, int left, int above)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = SheetColors.Ink };
        foreach (var (index, label) in Labels())
        {
            var middle = index * cell + cell / 2f;
            canvas.DrawText(label, left - 6, above + middle + LabelSize * 0.36f, SKTextAlign.Right, font, paint);
            Upright(canvas, left + middle + LabelSize * 0.36f, above - 6, label, SKTextAlign.Left, font, paint);
        }
        paint.Color = SheetColors.FaintInk;
        var centre = classes.Count * cell / 2f;
        Upright(canvas, Margin + LabelSize, above + centre, "class", SKTextAlign.Center, font, paint);
        canvas.DrawText("predicted class", left + centre, above - left + Margin + LabelSize, SKTextAlign.Center, font, paint);
    }

    private IEnumerable<(int Index, string Text)> Labels()
    {
        var step = IsNamed ? 1 : (int)Math.Pow(10, Math.Floor(Math.Log10(classes.Count / 4.0)));
        return Enumerable.Range(0, classes.Count).Where(index => index % step == 0)
            .Select(index => (index, IsNamed ? Shortened(classes[index]) : index.ToString(CultureInfo.InvariantCulture)));
    }

    private static string Shortened(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";

    private static void Upright(SKCanvas canvas, float x, float y, string text, SKTextAlign align, SKFont font, SKPaint paint)
    {
        canvas.Save();
        canvas.RotateDegrees(-90, x, y);
        canvas.DrawText(text, x, y, align, font, paint);
        canvas.Restore();
    }

    private static void Frame(SKCanvas canvas, SKRect box)
    {
        using var edge = new SKPaint { Color = SheetColors.Ink, IsStroke = true, StrokeWidth = 1 };
        canvas.DrawRect(box, edge);
    }

    /// <summary>The shades of some shares, side by side.</summary>
    private static void DrawRamp(SKCanvas canvas, SKRect box)
    {
        float[] shares = [0, 0.01f, 0.1f, 0.25f, 0.5f, 1];
        var width = box.Width / shares.Length;
        foreach (var (number, share) in shares.Index())
        {
            using var paint = new SKPaint { Color = Shade(MathF.Sqrt(share)) };
            canvas.DrawRect(SKRect.Create(box.Left + number * width, box.Top, width, box.Height), paint);
        }
        using var edge = new SKPaint { Color = SheetColors.TileEdge, IsStroke = true };
        canvas.DrawRect(box, edge);
    }

    /// <param name="depth">0 … 1.</param>
    private static SKColor Shade(float depth)
    {
        return new(Mix(Empty.Red, Full.Red), Mix(Empty.Green, Full.Green), Mix(Empty.Blue, Full.Blue));

        byte Mix(byte from, byte to) => (byte)MathF.Round(from + (to - from) * depth);
    }
}
