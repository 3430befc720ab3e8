using System.Globalization;

namespace ZfDecl.Analyses.Occlude;

/// <summary>
/// A scale for probabilities by their log-odds, ln p / (1 − p), from the least to the largest that are shown: what a square takes from 0.9999 to 0.99 is seen as well as what it
/// takes from 0.9 to 0.1.
/// </summary>
internal sealed class LogOddsScale
{
    private const double Rounding = 1e-7;       // a float next to 1 is as far from it

    private readonly double least, most;

    /// <param name="probabilities">Those that are shown; at least one, each 0 … 1.</param>
    public LogOddsScale(IReadOnlyCollection<float> probabilities)
    {
        (Least, Most) = (probabilities.Min(), probabilities.Max());
        (least, most) = (LogOdds(Least), LogOdds(Most));
    }

    /// <summary>The least probability.</summary>
    public float Least { get; }

    /// <summary>The largest probability.</summary>
    public float Most { get; }

    /// <summary>Where a probability lies, 0 for the least … 1 for the largest.</summary>
    public double At(float probability) => most > least ? (LogOdds(probability) - least) / (most - least) : 1;

    /// <summary>A probability with as many digits as tell it from 0 and 1, for example <c>0.99973</c>.</summary>
    public static string Text(float probability)
    {
        var rest = Math.Max(Math.Min(probability, 1 - probability), Rounding);
        var digits = Math.Min(7, 2 - (int)Math.Floor(Math.Log10(rest)) - 1);
        return probability <= Rounding ? "0" : probability >= 1 - Rounding ? "1" : Math.Round((double)probability, digits).ToString(CultureInfo.InvariantCulture);
    }

    private static double LogOdds(float probability)
    {
        var inside = Math.Clamp(probability, Rounding, 1 - Rounding);
        return Math.Log(inside / (1 - inside));
    }
}
