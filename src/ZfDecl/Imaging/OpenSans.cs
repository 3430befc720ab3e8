using SkiaSharp;

namespace ZfDecl.Imaging;

/// <summary>The font of every picture. It is embedded because a machine may have none, and pictures must not depend on those it has.</summary>
internal static class OpenSans
{
    /// <summary>The typeface; it is not to be disposed.</summary>
    public static SKTypeface Regular { get; } = Load();

    /// <param name="size">The height of the em square, in pixels.</param>
    /// <returns>A font; the caller disposes it.</returns>
    public static SKFont At(float size) => new(Regular, size) { Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None, Subpixel = true };

    private static SKTypeface Load()
    {
        using var stream = typeof(OpenSans).Assembly.GetManifestResourceStream("ZfDecl.Imaging.Fonts.OpenSans-Regular.ttf")!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
