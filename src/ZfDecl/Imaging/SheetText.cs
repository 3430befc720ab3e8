using SkiaSharp;

namespace ZfDecl.Imaging;

/// <summary>Lines of text of a sheet.</summary>
internal static class SheetText
{
    /// <summary>Draws a line; cut off with an ellipsis where it is too long.</summary>
    /// <param name="canvas">What is drawn on.</param>
    /// <param name="text">The line.</param>
    /// <param name="x">Where it begins; its middle or its end, as <paramref name="align"/> says.</param>
    /// <param name="baseline">The row it stands on.</param>
    /// <param name="size">The size of the letters, in pixels.</param>
    /// <param name="color">Their colour.</param>
    /// <param name="most">The most columns it may take.</param>
    /// <param name="align">What <paramref name="x"/> is of it.</param>
    public static void Draw(SKCanvas canvas, string text, float x, float baseline, float size, SKColor color, float most = float.MaxValue, SKTextAlign align = SKTextAlign.Left)
    {
        using var font = OpenSans.At(size);
        using var paint = new SKPaint { IsAntialias = true, Color = color };
        var shown = text;
        while (shown.Length > 1 && font.MeasureText(shown) > most)
            shown = $"{text[..(shown.Length - 2)]}…";
        canvas.DrawText(shown, x, baseline, align, font, paint);
    }
}
