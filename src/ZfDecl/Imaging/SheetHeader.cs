using SkiaSharp;

namespace ZfDecl.Imaging;

/// <summary>The head of a sheet: a title, what is shown, and the legend. Long texts are wrapped.</summary>
internal sealed class SheetHeader
{
    private readonly float size;
    private readonly float width;
    private readonly List<Line> lines = [];

    /// <param name="width">Columns to fill; the text grows with them.</param>
    public SheetHeader(int width)
    {
        this.width = width;
        size = Math.Clamp(width / 100f, 14, 34);
    }

    /// <summary>Rows that the lines take so far.</summary>
    public int Height => (int)MathF.Ceiling(lines.Sum(line => line.Advance));

    public void Title(string text) => Add(text, size * 1.5f, SheetColors.Ink, mark: null);

    public void Text(string text) => Add(text, size, SheetColors.FaintInk, mark: null);

    /// <param name="mark">Draws a key before the text, as high as the given rectangle and as wide as <paramref name="markWidth"/> times its height.</param>
    /// <param name="markWidth">The width of the key, in heights.</param>
    /// <param name="text">What the key means.</param>
    public void Key(Action<SKCanvas, SKRect> mark, float markWidth, string text) => Add(text, size, SheetColors.FaintInk, mark, markWidth);

    /// <summary>A key from black through mid grey to white.</summary>
    /// <param name="text">What these mean.</param>
    public void Scale(string text) => Key(DrawRamp, 9, text);

    /// <summary>Draws a line around a key.</summary>
    public static void Frame(SKCanvas canvas, SKRect box)
    {
        using var paint = new SKPaint { Color = SheetColors.FaintInk, IsStroke = true, StrokeWidth = 1 };
        canvas.DrawRect(box, paint);
    }

    public void Draw(SKCanvas canvas, float left, float top)
    {
        using var paint = new SKPaint { IsAntialias = true };
        foreach (var line in lines)
        {
            using var font = OpenSans.At(line.Size);
            paint.Color = line.Color;
            canvas.DrawText(line.Text, left + line.Indent, top + line.Size * 1.1f, SKTextAlign.Left, font, paint);
            line.Mark?.Invoke(canvas, SKRect.Create(left, top + line.Size * 0.3f, line.MarkWidth, line.Size * 0.9f));
            top += line.Advance;
        }
    }

    private void Add(string text, float fontSize, SKColor color, Action<SKCanvas, SKRect>? mark, float markWidth = 0)
    {
        markWidth *= fontSize * 0.9f;
        var indent = mark is null ? 0 : markWidth + fontSize * 0.6f;
        using var font = OpenSans.At(fontSize);
        foreach (var part in Wrap(text, font, width - indent))
        {
            lines.Add(new(part, fontSize, color, indent, mark, markWidth));
            mark = null;
        }
    }

    private static void DrawRamp(SKCanvas canvas, SKRect box)
    {
        using var ramp = SKShader.CreateLinearGradient(new(box.Left, 0), new(box.Right, 0), [SKColors.Black, SheetColors.Zero, SKColors.White], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = ramp };
        canvas.DrawRect(box, paint);
        Frame(canvas, box);
    }

    private static IEnumerable<string> Wrap(string text, SKFont font, float width)
    {
        var line = "";
        foreach (var word in text.Replace(" %", "\u00A0%", StringComparison.Ordinal).Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && font.MeasureText(longer) > width)
            {
                yield return line;
                longer = word;
            }
            line = longer;
        }
        yield return line;
    }

    private readonly record struct Line(string Text, float Size, SKColor Color, float Indent, Action<SKCanvas, SKRect>? Mark, float MarkWidth)
    {
        public float Advance => Size * 1.55f;
    }
}
