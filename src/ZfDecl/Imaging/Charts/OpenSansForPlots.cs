using ScottPlot;
using SkiaSharp;

namespace ZfDecl.Imaging.Charts;

/// <summary>Gives ScottPlot the embedded font, whatever weight it asks for, without a file.</summary>
internal sealed class OpenSansForPlots : IFontResolver
{
    /// <summary>The name that plots call it by.</summary>
    public const string Name = "Open Sans";

    static OpenSansForPlots() => Fonts.FontResolvers.Insert(0, new OpenSansForPlots());

    private OpenSansForPlots()
    {
    }

    /// <summary>Makes a plot that is written in it.</summary>
    public static Plot NewPlot()
    {
        var plot = new Plot();
        plot.Font.Set(Name);
        return plot;
    }

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => fontName == Name ? OpenSans.Regular : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? OpenSans.Regular : null;
}
