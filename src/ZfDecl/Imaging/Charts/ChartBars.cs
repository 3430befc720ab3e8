using ScottPlot;

namespace ZfDecl.Imaging.Charts;

/// <summary>Draws the lines of a chart as bars: those of one place side by side, with the name of the place below.</summary>
internal static class ChartBars
{
    private const double GroupWidth = 0.8;          // of the distance between two places

    /// <summary>Adds the bars, and the names below them.</summary>
    /// <param name="plot">Gets them.</param>
    /// <param name="chart">A chart with <see cref="Chart.Places"/>.</param>
    /// <param name="colorOf">The colour of a line.</param>
    /// <param name="ink">The colour of the deviations.</param>
    public static void Add(Plot plot, Chart chart, Func<string, Color> colorOf, Color ink)
    {
        var width = GroupWidth / chart.Lines.Count;
        foreach (var (number, line) in chart.Lines.Index())
        {
            int[] places = [.. Enumerable.Range(0, line.Y.Count).Where(place => double.IsFinite(line.Y[place]))];
            double[] middles = [.. places.Select(place => place + (number + 0.5) * width - GroupWidth / 2)];
            plot.Add.Bars(places.Zip(middles, (place, middle) => new Bar { Position = middle, Size = width, Value = line.Y[place], FillColor = colorOf(line.Name), LineWidth = 0 }).ToArray());
            // A bar draws its own error with the pen of its outline, which it has not.
            if (line.Deviation.Count > 0)
                plot.Add.ErrorBar(middles, [.. places.Select(place => line.Y[place])], [.. places.Select(place => line.Deviation[place])]).Color = ink;
        }
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, chart.Places.Count).Select(place => (double)place)], [.. chart.Places]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
    }
}
