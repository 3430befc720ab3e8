using ScottPlot;

namespace ZfDecl.Imaging.Charts;

/// <summary>Draws the lines of a chart as bars: those of one position side by side, with the name of the position below.</summary>
internal static class ChartBars
{
    private const double GroupWidth = 0.8;          // of the distance between two positions

    /// <summary>Adds the bars, and the names below them.</summary>
    /// <param name="plot">Gets them.</param>
    /// <param name="chart">A chart with <see cref="Chart.Categories"/>.</param>
    /// <param name="colorOf">The colour of a line.</param>
    /// <param name="ink">The colour of the deviations.</param>
    public static void Add(Plot plot, Chart chart, Func<string, Color> colorOf, Color ink)
    {
        var width = GroupWidth / chart.Lines.Count;
        foreach (var (number, line) in chart.Lines.Index())
        {
            int[] positions = [.. Enumerable.Range(0, line.Y.Count).Where(position => double.IsFinite(line.Y[position]))];
            double[] middles = [.. positions.Select(position => position + (number + 0.5) * width - GroupWidth / 2)];
            plot.Add.Bars(positions.Zip(middles, (position, middle) => new Bar { Position = middle, Size = width, Value = line.Y[position], FillColor = colorOf(line.Name), LineWidth = 0 }).ToArray());
            // A bar draws its own error with the pen of its outline, which it has not.
            if (line.Deviation.Count > 0)
                plot.Add.ErrorBar(middles, [.. positions.Select(position => line.Y[position])], [.. positions.Select(position => line.Deviation[position])]).Color = ink;
        }
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, chart.Categories.Count).Select(position => (double)position)], [.. chart.Categories]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
    }
}
