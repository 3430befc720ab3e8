namespace ZfDecl.Studies;

/// <summary>The mean of some values and their sample standard deviation (N − 1), which is null for a single value.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The deviation.</param>
internal readonly record struct MeanDeviation(double Mean, double? Deviation)
{
    /// <summary>Of at least one value.</summary>
    public static MeanDeviation Of(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return new(mean, values.Count < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)));
    }

    /// <summary>A share as percent: <c>12.3±0.4</c>, or <c>12.3</c> for a single value.</summary>
    public override string ToString() => FormattableString.Invariant($"{100 * Mean:0.0}") + (Deviation is { } deviation ? FormattableString.Invariant($"±{100 * deviation:0.0}") : "");
}
