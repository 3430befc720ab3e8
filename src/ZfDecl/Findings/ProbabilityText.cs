using System.Globalization;

namespace ZfDecl.Findings;

/// <summary>Probabilities as tables and sentences print them.</summary>
internal static class ProbabilityText
{
    private const double Least = 1e-4;

    /// <summary>Two significant digits, for example <c>0.0032</c>; <c>&lt; 0.0001</c> below that.</summary>
    public static string Of(double p) => p < Least ? "< 0.0001" : decimal.Parse(p.ToString("E1", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>The same behind the sign of the relation: <c>= 0.0032</c>, <c>&lt; 0.0001</c>.</summary>
    public static string WithSign(double p) => p < Least ? Of(p) : $"= {Of(p)}";
}
