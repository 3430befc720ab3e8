using ScottPlot;
using SkiaSharp;

namespace ZfDecl.Imaging.Charts;

/// <summary>Charts in rows, below a title, above one legend for all and what is to be said of them; as PNG or SVG.</summary>
/// <param name="title">The title.</param>
/// <param name="text">What is shown, a paragraph an entry, below the title.</param>
/// <param name="rows">The charts, row by row; at least one.</param>
internal sealed class ChartSheet(string title, IReadOnlyList<string> text, IReadOnlyList<IReadOnlyList<Chart>> rows)
{
    private const int Margin = 32, MostMarked = 12;
    private const float LegendSize = 18, LegendLine = 28, KeyWidth = 44, BarKey = 16, LineWidth = 2;

    // Okabe & Ito 2008: told apart with any colour vision. Where more lines than a few cross each other, they differ in their pattern as well, also without any colour.
    private static readonly uint[] Palette = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x22262B];
    private static readonly LinePattern[] Patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted];
    private const int Few = 3;

    private readonly string[] names = [.. rows.SelectMany(row => row).SelectMany(chart => chart.Lines).Select(line => line.Name).Distinct()];

    private readonly HashSet<string> bars = [.. rows.SelectMany(row => row).Where(chart => chart.Categories.Count > 0).SelectMany(chart => chart.Lines).Select(line => line.Name)];
    private readonly bool isPatterned = rows.SelectMany(row => row).Any(chart => chart.Categories.Count == 0 && chart.Lines.Count > Few);

    private int Columns => rows.Max(row => row.Count);

    // A chart alone is as wide as two.
    private int ChartWidth => Columns == 1 ? 1000 : 540;

    private int ChartHeight => Columns == 1 ? 480 : 330;

    private int Width => 2 * Margin + Columns * ChartWidth;

    /// <summary>Draws it.</summary>
    /// <returns>A PNG file.</returns>
    public byte[] ToPng()
    {
        var header = Header();
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height(header), SKColorType.Rgba8888, SKAlphaType.Opaque));
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
        return SvgPicture.Of(Width, Height(header), canvas => Draw(canvas, header));
    }

    private SheetHeader Header()
    {
        var header = new SheetHeader(Width - 2 * Margin);
        header.Title(title);
        return header;
    }

    private SheetHeader Footer()
    {
        var footer = new SheetHeader(Width - 2 * Margin);
        foreach (var paragraph in text)
            footer.Text(paragraph);
        return footer;
    }

    private int Height(SheetHeader header) => FooterTop(header) + Footer().Height + Margin / 2;

    private int FooterTop(SheetHeader header) => ChartsTop(header) + rows.Count * ChartHeight + Margin / 2 + (int)(Legend().Select(key => key.Y).DefaultIfEmpty(0).Max() + LegendLine) + Margin / 2;

    private static int ChartsTop(SheetHeader header) => Margin + header.Height + Margin / 2;

    private void Draw(SKCanvas canvas, SheetHeader header)
    {
        canvas.Clear(SheetColors.Paper);
        header.Draw(canvas, Margin, Margin);
        var top = ChartsTop(header);
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < rows[row].Count; column++)
            {
                using var plot = Plot(rows[row][column]);
                var (left, above) = (Margin + column * ChartWidth, top + row * ChartHeight);
                PlotDrawing.Draw(plot, canvas, new(left, left + ChartWidth, above + ChartHeight, above));
            }
        }
        DrawLegend(canvas, top + rows.Count * ChartHeight + Margin / 2);
        Footer().Draw(canvas, Margin, FooterTop(header));
    }

    private Plot Plot(Chart chart)
    {
        var plot = OpenSansForPlots.NewPlot();
        plot.FigureBackground.Color = Shade(SheetColors.Paper);
        plot.Axes.Color(Shade(SheetColors.Ink));
        plot.Grid.MajorLineColor = Shade(SheetColors.TileEdge).WithAlpha(0.4);
        plot.Title(chart.Title, size: 18);
        plot.Axes.Title.Label.Bold = false;
        foreach (var (axis, label) in new (IAxis, string)[] { (plot.Axes.Bottom, chart.XLabel), (plot.Axes.Left, chart.YLabel) })
        {
            (axis.Label.Text, axis.Label.FontSize, axis.Label.Bold) = (label, 15, false);
            axis.TickLabelStyle.FontSize = 14;
        }
        if (chart.Categories.Count > 0)
            ChartBars.Add(plot, chart, name => Look(name).Color, Shade(SheetColors.Ink));
        foreach (var line in chart.Categories.Count > 0 ? [] : chart.Lines)
        {
            var (color, pattern) = Look(line.Name);
            var scatter = plot.Add.ScatterLine(line.X.ToArray(), [.. line.Y.Select(y => double.IsFinite(y) ? y : double.NaN)]);
            (scatter.Color, scatter.LinePattern, scatter.LineWidth) = (color, pattern, LineWidth);
            if (!line.IsFilled && line.X.Count <= MostMarked)
                (scatter.MarkerShape, scatter.MarkerSize) = (MarkerShape.FilledCircle, 7);
            (scatter.FillY, scatter.FillYColor) = (line.IsFilled, color.WithAlpha(0.15));
            if (line.Deviation.Count > 0)
                plot.Add.ErrorBar([.. line.X], [.. line.Y], [.. line.Deviation]).Color = color;
        }
        if (chart.Categories.Count == 0 && chart.Lines.All(line => line.X.Count <= MostMarked && line.X.All(double.IsInteger)))
            plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        if (chart.Baseline is { } baseline)
            AddBaseline(plot, baseline);
        plot.Axes.AutoScale();
        if (chart.LowestY is { } lowest)
            plot.Axes.SetLimitsY(lowest, Math.Max(plot.Axes.GetLimits().Top, lowest + 1e-12));
        if (chart.HighestY is { } highest)
            plot.Axes.SetLimitsY(plot.Axes.GetLimits().Bottom, highest);
        return plot;
    }

    private static void AddBaseline(Plot plot, ChartBaseline baseline)
    {
        var line = plot.Add.HorizontalLine(baseline.Value, 1.5f, Shade(SheetColors.Ink), LinePattern.Dashed);
        (line.LabelText, line.LabelOppositeAxis, line.LabelFontSize, line.LabelFontColor, line.LabelBackgroundColor, line.LabelBold) = (baseline.Name, true, 14, Shade(SheetColors.Ink), Colors.Transparent, false);      // it would cut the frame otherwise
        line.EnableAutoscale = true;
        plot.Axes.Right.MinimumSize = 70;
    }

    private void DrawLegend(SKCanvas canvas, float top)
    {
        using var font = OpenSans.At(LegendSize);
        using var paint = new SKPaint { IsAntialias = true };
        foreach (var (name, x, y) in Legend())
        {
            var (color, pattern) = Look(name);
            using var dashes = pattern.GetPathEffect();
            using var fill = new SKPaint { IsAntialias = true, Color = color.ToSKColor() };
            using var stroke = new SKPaint { IsAntialias = true, IsStroke = true, StrokeWidth = LineWidth, Color = color.ToSKColor(), PathEffect = dashes };
            if (bars.Contains(name))
                canvas.DrawRect(Margin + x, top + y + (LegendLine - BarKey) / 2, BarKey, BarKey, fill);
            else
                canvas.DrawLine(Margin + x, top + y + LegendLine / 2, Margin + x + KeyWidth, top + y + LegendLine / 2, stroke);
            paint.Color = SheetColors.Ink;
            canvas.DrawText(name, Margin + x + KeyOf(name) + 8, top + y + LegendLine / 2 + LegendSize * 0.35f, SKTextAlign.Left, font, paint);
        }
    }

    /// <summary>Where the keys of the legend lie, from its own corner: as many beside each other as there is room for.</summary>
    private List<(string Name, float X, float Y)> Legend()
    {
        using var font = OpenSans.At(LegendSize);
        var keys = new List<(string Name, float X, float Y)>();
        var (x, y) = (0f, 0f);
        foreach (var name in names)
        {
            var width = KeyOf(name) + 8 + font.MeasureText(name) + 36;
            if (x > 0 && x + width > Width - 2 * Margin)
                (x, y) = (0, y + LegendLine);
            keys.Add((name, x, y));
            x += width;
        }
        return keys;
    }

    private float KeyOf(string name) => bars.Contains(name) ? BarKey : KeyWidth;

    private (Color Color, LinePattern Pattern) Look(string name)
    {
        var index = Array.IndexOf(names, name);
        return (Color.FromHex($"#{Palette[index % Palette.Length]:X6}"), isPatterned ? Patterns[index % Patterns.Length] : LinePattern.Solid);
    }

    private static Color Shade(SKColor color) => new(color.Red, color.Green, color.Blue);
}
