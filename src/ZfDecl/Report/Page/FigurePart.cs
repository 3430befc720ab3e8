using SkiaSharp;

namespace ZfDecl.Report.Page;

/// <summary>A picture with its caption, which opens by itself when it is clicked. A wide one has the width of the page.</summary>
internal static class FigurePart
{
    private const int Wide = 900;

    /// <param name="path">The file.</param>
    /// <param name="link">Its address in the page.</param>
    /// <param name="alt">What it shows, for somebody who cannot see it.</param>
    /// <param name="caption">The line below it.</param>
    public static Html Of(string path, string link, string alt, string caption)
    {
        var size = SizeOf(path);
        var room = size is { } known ? Html.Of($" width=\"{known.Width}\" height=\"{known.Height}\"") : Html.Empty;      // known beforehand, so that nothing moves when it comes
        return Html.Of($"<figure{new Html(size?.Width >= Wide ? " class=\"wide\"" : "")}><a href=\"{link}\"><img src=\"{link}\" alt=\"{alt}\"{room} loading=\"lazy\"></a><figcaption>{caption}</figcaption></figure>\n");
    }

    /// <summary>The size of a picture of pixels; null of a drawing, or where it cannot be read.</summary>
    private static SKSizeI? SizeOf(string path)
    {
        using var stream = File.OpenRead(path);
        using var codec = SKCodec.Create(stream);
        return codec?.Info.Size;
    }
}
