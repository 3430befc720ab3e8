namespace ZfDecl.Report.Page;

/// <summary>Bars to the right, a group a name, each with its deviation; as SVG that takes its colours from the page.</summary>
/// <param name="title">What is drawn, with its unit.</param>
/// <param name="names">The names of the groups, from the top.</param>
internal sealed class BarChart(string title, IReadOnlyList<string> names)
{
    private const double Width = 720, Right = 62, Bottom = 22, Thick = 11, Gap = 9, Letter = 6.4, WidestName = 300;

    private readonly List<(string Name, string Style, IReadOnlyList<(double Value, double? Deviation)> Bars)> series = [];

    private double Left => Math.Min(WidestName, names.Max(name => name.Length) * Letter + 14);

    private double Group => series.Count * Thick + Gap;

    /// <summary>Adds a bar to every group.</summary>
    /// <param name="name">What the bars are.</param>
    /// <param name="style">The class that gives their colour.</param>
    /// <param name="bars">0 or more, and their deviations, as many as there are names.</param>
    public void Add(string name, string style, IReadOnlyList<(double Value, double? Deviation)> bars) => series.Add((name, style, bars));

    /// <summary>The figure: legend and drawing.</summary>
    public Html ToHtml()
    {
        var highest = Math.Max(1e-9, series.SelectMany(one => one.Bars).Max(bar => bar.Value + (bar.Deviation ?? 0)));
        var step = Step(highest);
        var end = Math.Ceiling(highest / step) * step;
        var height = names.Count * Group + Bottom;
        var ticks = Enumerable.Range(0, (int)Math.Round(end / step) + 1).Select(tick => tick * step).ToArray();
        return Html.Of($"""
            <figure class="chart bars">
            <figcaption><span class="chart-title">{title}</span>{series.Select(one => Html.Of($"<span class=\"key {one.Style}\"><svg width=\"14\" height=\"10\" aria-hidden=\"true\"><rect width=\"14\" height=\"10\"/></svg>{one.Name}</span>"))}</figcaption>
            <svg viewBox="0 0 {Width} {height}" role="img" aria-label="{title}; the values stand in the table below">
            <g class="grid">{ticks.Select(tick => Html.Of($"<path d=\"M{X(tick):0.0} 0V{height - Bottom}\"/>"))}</g>
            <g class="ticks" text-anchor="middle">{ticks.Select(tick => Html.Of($"<text x=\"{X(tick):0.0}\" y=\"{height - 6}\">{tick:0.####}</text>"))}</g>
            {names.Select((name, group) => Html.Of($"<text class=\"name\" x=\"0\" y=\"{group * Group + (Group - Gap) / 2 + Gap / 2 + 4:0.0}\">{name}</text>\n{series.Select((one, number) => Bar(one.Style, one.Bars[group], group * Group + Gap / 2 + number * Thick))}"))}
            </svg>
            </figure>

            """);

        double X(double value) => Left + value / end * (Width - Left - Right);

        Html Bar(string style, (double Value, double? Deviation) bar, double top)
        {
            var (value, deviation) = (bar.Value, bar.Deviation ?? 0);
            var middle = top + Thick / 2;
            var whisker = deviation == 0 ? Html.Empty : Html.Of($"<path class=\"whisker\" d=\"M{X(Math.Max(0, value - deviation)):0.0} {middle:0.0}H{X(value + deviation):0.0}\"/>");
            return Html.Of($"<g class=\"{style}\"><rect x=\"{X(0):0.0}\" y=\"{top:0.0}\" width=\"{X(value) - X(0):0.0}\" height=\"{Thick - 1}\"/>{whisker}<text class=\"value\" x=\"{X(value + deviation) + 5:0.0}\" y=\"{top + Thick - 2:0.0}\">{value:0.0}</text></g>\n");
        }
    }

    /// <summary>A round step that divides the axis into four to eight.</summary>
    private static double Step(double highest)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(highest)) - 1);
        return new[] { 1, 2, 2.5, 5, 10, 20 }.Select(factor => factor * power).First(candidate => highest / candidate <= 8);
    }
}
