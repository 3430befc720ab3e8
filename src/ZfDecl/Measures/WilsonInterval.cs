namespace ZfDecl.Measures;

/// <summary>
/// Between which shares the true one lies, with a confidence of 95 %, where so many of so many trials succeeded: the score interval of Wilson 1927, which also holds where there are few
/// trials, or where all or none succeeded.
/// </summary>
/// <param name="Low">0 … 1.</param>
/// <param name="High">0 … 1.</param>
public readonly record struct WilsonInterval(double Low, double High)
{
    // The 97.5 % quantile of the standard normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>The interval <c>(p + z²/2n ± z √(p (1 − p) / n + z²/4n²)) / (1 + z²/n)</c> of p = successes / n.</summary>
    /// <param name="successes">0 … <paramref name="trials"/>.</param>
    /// <param name="trials">n; at least 1.</param>
    public static WilsonInterval Of(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        var (n, p) = ((double)trials, (double)successes / trials);
        var middle = p + (Z * Z / (2 * n));
        var reach = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        var scale = 1 + (Z * Z / n);
        return new(Math.Max(0, (middle - reach) / scale), Math.Min(1, (middle + reach) / scale));
    }

    /// <summary>In percent: <c>73.5 … 95.5 %</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{100 * Low:0.0} … {100 * High:0.0} %");
}
