using ScottPlot;
using SkiaSharp;
using ZfDecl.Imaging;

namespace ZfDecl.Reporting;

/// <summary>Gives charts the embedded font of all pictures: a machine may have none.</summary>
internal sealed class ChartFont : IFontResolver
{
    /// <summary>The name that charts ask for it by.</summary>
    public const string Name = "Open Sans";

    // ScottPlot finds fonts in one list for the process; this adds to it, once.
    static ChartFont() => Fonts.FontResolvers.Insert(0, new ChartFont());

    private ChartFont()
    {
    }

    /// <summary>Makes the font known; calling it again does nothing.</summary>
    public static void Register()
    {
    }

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => fontName == Name ? OpenSans.Load() : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? OpenSans.Load() : null;
}
