using System.Text;
using SkiaSharp;

namespace ZfDecl.Imaging;

/// <summary>Drawings as SVG: lines and letters stay sharp at any size, pictures are embedded.</summary>
internal static class SvgPicture
{
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="draw">Draws it.</param>
    /// <returns>The text of an SVG file.</returns>
    public static string Of(int width, int height, Action<SKCanvas> draw)
    {
        using var svg = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(width, height), svg))
            draw(canvas);
        // A file cannot hold the font: where a reader has it not, another one without serifs.
        var name = OpenSans.Regular.FamilyName;
        return Encoding.UTF8.GetString(svg.ToArray()).Replace($"\"{name}\"", $"\"{name}, sans-serif\"", StringComparison.Ordinal);
    }
}
