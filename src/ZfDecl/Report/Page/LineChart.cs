using System.Globalization;
using System.Text.Json;

namespace ZfDecl.Report.Page;

/// <summary>Lines over epochs, as SVG that takes its colours from the page.</summary>
/// <param name="title">What is drawn.</param>
/// <param name="format">How a value is printed.</param>
/// <param name="tickFormat">How the axis prints its round values.</param>
internal sealed class LineChart(string title, Func<double, string> format, Func<double, string> tickFormat)
{
    private const double Width = 320, Height = 210, Left = 46, Right = 10, Top = 10, Bottom = 42;

    private readonly List<Series> lines = [];
    private (int Epoch, string Name)? mark;

    /// <summary>Adds a line.</summary>
    /// <param name="name">Its name where it is read.</param>
    /// <param name="key">Its name in the legend; null where the legend leaves it out.</param>
    /// <param name="style">The classes that give its colour and dash.</param>
    /// <param name="points">Epoch and value.</param>
    public void Add(string name, string? key, string style, IEnumerable<(int X, double Y)> points) =>
        lines.Add(new(name, key, style, [.. points.Where(point => double.IsFinite(point.Y))]));

    /// <summary>Marks an epoch by a line and a word below it.</summary>
    public void Mark(int epoch, string name) => mark = (epoch, name);

    /// <summary>The figure: legend, drawing, and the reading under the pointer.</summary>
    public Html ToHtml()
    {
        var all = lines.SelectMany(line => line.Points).ToArray();
        if (all.Length == 0)
            return Html.Empty;
        var (first, last) = (all.Min(point => point.X), Math.Max(all.Max(point => point.X), all.Min(point => point.X) + 1));
        var ticks = Ticks(Math.Min(0, all.Min(point => point.Y)), all.Max(point => point.Y), 5);
        var (low, high) = (ticks[0], ticks[^1]);

        double X(double epoch) => Left + (epoch - first) / (last - first) * (Width - Left - Right);
        double Y(double value) => Height - Bottom - (value - low) / (high - low) * (Height - Top - Bottom);

        var epochs = Ticks(first, last, 7).Where(tick => tick >= first && tick <= last && tick == Math.Floor(tick));
        return Html.Of($"""
            <figure class="chart" data-chart='{Readings(X)}'>
            <figcaption><span class="chart-title">{title}</span><button type="button" class="enlarge" aria-label="enlarge the chart: {title}">Enlarge</button>{lines.Where(line => line.Key is not null).Select(line => Html.Of($"<span class=\"key {line.Style}\"><svg width=\"22\" height=\"8\" aria-hidden=\"true\"><path d=\"M0 4H22\"/></svg>{line.Key}</span>"))}</figcaption>
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{title} by epoch; the values stand in the table below" tabindex="0">
            <g class="grid">{ticks.Select(tick => Html.Of($"<path d=\"M{Left} {Y(tick):0.0}H{Width - Right}\"/>"))}</g>
            <g class="ticks" text-anchor="end">{ticks.Select(tick => Html.Of($"<text x=\"{Left - 8}\" y=\"{Y(tick) + 4:0.0}\">{tickFormat(tick)}</text>"))}</g>
            <g class="ticks" text-anchor="middle">{epochs.Select(tick => Html.Of($"<text x=\"{X(tick):0.0}\" y=\"{Height - Bottom + 18}\">{tick}</text>"))}<text x="{(Left + Width - Right) / 2}" y="{Height - 6}">epoch</text></g>
            {(mark is not { } marked || marked.Epoch < first || marked.Epoch > last ? Html.Empty : Html.Of($"<g class=\"mark\"><path d=\"M{X(marked.Epoch):0.0} {Top}V{Height - Bottom}\"/><text x=\"{X(marked.Epoch) + (X(marked.Epoch) > Width / 2 ? -4 : 4):0.0}\" y=\"{Top + 9}\" text-anchor=\"{(X(marked.Epoch) > Width / 2 ? "end" : "start")}\">{marked.Name}</text></g>"))}
            {lines.Select(line => Html.Of($"<path class=\"line {line.Style}\" d=\"{new Html(Path(line, X, Y))}\"/>"))}
            <path class="cursor" d="" />
            </svg>
            <p class="reading" aria-live="polite">&#8203;</p>
            </figure>
            """);
    }

    /// <summary>For each epoch its position, its name, and what the lines show there.</summary>
    private string Readings(Func<double, double> x) => JsonSerializer.Serialize(new
    {
        top = Top,
        bottom = Height - Bottom,
        width = Width,
        points = lines.SelectMany(line => line.Points).Select(point => point.X).Distinct().Order().Select(epoch => new object[]
        {
            Math.Round(x(epoch), 1),
            string.Join("   ", lines.Where(line => line.Points.Any(point => point.X == epoch))
                .Select(line => $"{line.Name} {format(line.Points.First(point => point.X == epoch).Y)}")
                .Prepend($"epoch {epoch}:")),
        }),
    });

    private static string Path(Series line, Func<double, double> x, Func<double, double> y) => line.Points.Count == 1
        ? string.Create(CultureInfo.InvariantCulture, $"M{x(line.Points[0].X) - 3:0.0} {y(line.Points[0].Y):0.0}h6")
        : string.Join(' ', line.Points.Select((point, i) => string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{x(point.X):0.0} {y(point.Y):0.0}")));

    /// <summary>Round values from at most the least to at least the greatest.</summary>
    private static double[] Ticks(double least, double greatest, int about)
    {
        var span = Math.Max(greatest - least, Math.Max(Math.Abs(greatest), 1e-12) * 1e-3);
        var power = Math.Pow(10, Math.Floor(Math.Log10(span / about)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.Select(factor => factor * power).First(candidate => span / candidate <= about);
        var from = (long)Math.Floor(least / step + 1e-9);
        var to = Math.Max((long)Math.Ceiling(greatest / step - 1e-9), from + 1);
        return [.. Enumerable.Range(0, (int)(to - from) + 1).Select(i => Math.Round((from + i) * step, 12))];
    }

    private sealed record Series(string Name, string? Key, string Style, IReadOnlyList<(int X, double Y)> Points);
}
