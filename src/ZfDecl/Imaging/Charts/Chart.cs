namespace ZfDecl.Imaging.Charts;

/// <summary>A chart: lines, or bars, over one pair of axes.</summary>
internal sealed record Chart
{
    /// <summary>The line above it.</summary>
    public required string Title { get; init; }

    /// <summary>What runs to the right, with its unit.</summary>
    public required string XLabel { get; init; }

    /// <summary>What runs upwards, with its unit.</summary>
    public required string YLabel { get; init; }

    /// <summary>The lines.</summary>
    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>Names of positions that have no distance from each other: value k of each line then is a bar above name k. Empty where x is a number.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The value at the bottom; null for as low as the lines go.</summary>
    public double? LowestY { get; init; }

    /// <summary>The value at the top; null for as high as the lines go.</summary>
    public double? HighestY { get; init; }

    /// <summary>What the values are to be held against; null for nothing.</summary>
    public ChartBaseline? Baseline { get; init; }
}
