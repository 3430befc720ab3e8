using System.Globalization;

namespace ZfDecl.Imaging;

/// <summary>
/// The one scale on which all projections of a sheet are shown: 0 is mid grey, −<see cref="Range"/> black, +<see cref="Range"/> white, for each
/// channel. A picture scaled by itself would make a weak unit look like a strong one.
/// </summary>
/// <param name="Range">The value shown as white; above 0.</param>
/// <param name="Quantile">The quantile of the absolute values other than 0 that the range was taken from, 0 … 1.</param>
/// <param name="Clipped">The share of the values other than 0 that lie beyond the range, 0 … 1.</param>
public sealed record ProjectionScale(double Range, double Quantile, double Clipped)
{
    /// <summary>The shade of 0.</summary>
    public const byte MidGrey = 128;

    /// <summary>The shade of a value in one channel: 128 + 127 · value / range, clipped.</summary>
    public byte Shade(float value) => (byte)Math.Clamp(Math.Round(MidGrey + 127 * value / Range), 1, 255);

    /// <summary>The range with its three digits, for example <c>0.0413</c>.</summary>
    public string RangeText => Range.ToString("0.################", CultureInfo.InvariantCulture);

    /// <summary>Chooses the scale for some projections.</summary>
    /// <param name="projections">All values that are to be shown; finite. They are looked at twice.</param>
    /// <param name="quantile">The quantile of the absolute values other than 0 that becomes the range; 1 for the largest.</param>
    /// <returns>The scale; its range is the quantile rounded up to three digits, so that the number that is printed is the one that is used; 1 where all values are 0.</returns>
    public static ProjectionScale Of(IEnumerable<float[]> projections, double quantile)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantile, 1);

        // The bits of positive floats are ordered as their values: counting by the upper ones finds the step that holds the quantile; only that is sorted.
        var counts = new long[1 << 16];
        var all = projections as IReadOnlyCollection<float[]> ?? [.. projections];
        foreach (var values in all)
        {
            foreach (var value in values)
                counts[Step(value)]++;
        }
        counts[0] = 0;      // zeros, and what is as good as zero: below 1e-40
        var total = counts.Sum();
        if (total == 0)
            return new(1, quantile, 0);

        var rank = Math.Max(1, (long)Math.Ceiling(quantile * total));     // from 1
        var step = 1;
        for (; rank > counts[step]; step++)
            rank -= counts[step];
        var ordered = all.SelectMany(values => values.Where(value => Step(value) == step)).Select(Math.Abs).Order();
        var range = RoundUp(ordered.ElementAt((int)rank - 1));
        var beyond = all.Sum(values => values.LongCount(value => Math.Abs((double)value) > range));
        return new(range, quantile, (double)beyond / total);
    }

    private static int Step(float value) => BitConverter.SingleToInt32Bits(Math.Abs(value)) >> 15;

    private static double RoundUp(double value)
    {
        var digit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 2);
        return double.Parse((Math.Ceiling(value / digit) * digit).ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
