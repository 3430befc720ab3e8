namespace ZfDecl.Imaging.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What the legend calls it; lines of one name have one colour in all charts of a sheet.</param>
/// <param name="X">Where its points lie, in order; of no account in a chart with <see cref="Chart.Categories"/>.</param>
/// <param name="Y">Their values, as many; the line is interrupted where a value is no finite number.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Whether the area down to 0 is tinted, as of a histogram.</summary>
    public bool IsFilled { get; init; }

    /// <summary>The standard deviation of each point, drawn as a bar up and down; empty for none.</summary>
    public IReadOnlyList<double> Deviation { get; init; } = [];
}
