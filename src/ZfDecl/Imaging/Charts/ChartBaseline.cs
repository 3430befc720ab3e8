namespace ZfDecl.Imaging.Charts;

/// <summary>A value that the lines of a chart are to be held against, such as that of chance: a dashed line across.</summary>
/// <param name="Value">The value.</param>
/// <param name="Name">What stands beside it.</param>
internal sealed record ChartBaseline(double Value, string Name);
