using System.Globalization;
using ZfDecl.Networks;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>The rectifiers by their formulas, and the step down through each by every rule.</summary>
internal static class NaiveRectifier
{
    /// <param name="rule">As a spec writes it: <c>relu, slope: 0.25</c>.</param>
    /// <param name="x">The input.</param>
    /// <param name="trained">The slope of a prelu.</param>
    public static double Value(string rule, double x, double trained) => Kind(rule) switch
    {
        "relu" => Math.Min(x > 0 ? x : Setting(rule, "slope", 0) * x, Setting(rule, "ceiling", double.PositiveInfinity)),
        "prelu" => x > 0 ? x : trained * x,
        "elu" => x > 0 ? x : Setting(rule, "alpha", 1) * (Math.Exp(x) - 1),
        "sigmoid" => Logistic(x),
        "tanh" => Math.Tanh(x),
        "silu" => x * Logistic(x),
        _ => x * Math.Clamp(x + 3, 0, 6) / 6,
    };

    /// <summary>What comes back: the rectified signal, leaky where the rectifier is; by the rule mask the signal times the derivative; by guided both.</summary>
    public static double Back(string rule, ReluRule relu, double signal, double x, double trained)
    {
        var slope = Kind(rule) == "prelu" ? trained : Kind(rule) == "relu" ? Setting(rule, "slope", 0) : 0;
        var rectified = relu == ReluRule.Mask || signal > 0 ? signal : slope * signal;
        return relu == ReluRule.Deconv ? rectified : rectified * Derivative(rule, x, trained);
    }

    private static double Derivative(string rule, double x, double trained) => Kind(rule) switch
    {
        "relu" => x >= Setting(rule, "ceiling", double.PositiveInfinity) ? 0 : x > 0 ? 1 : Setting(rule, "slope", 0),
        "prelu" => x > 0 ? 1 : trained,
        "elu" => x > 0 ? 1 : Setting(rule, "alpha", 1) * Math.Exp(x),
        "sigmoid" => Logistic(x) * (1 - Logistic(x)),
        "tanh" => 1 - (Math.Tanh(x) * Math.Tanh(x)),
        "silu" => Logistic(x) + (x * Logistic(x) * (1 - Logistic(x))),
        _ => x <= -3 ? 0 : x >= 3 ? 1 : (x / 3) + 0.5,
    };

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static string Kind(string rule) => rule.Split(',')[0];

    private static double Setting(string rule, string key, double otherwise) =>
        rule.Split(", ").FirstOrDefault(part => part.StartsWith(key, StringComparison.Ordinal)) is { } found ? double.Parse(found.Split(' ')[1], CultureInfo.InvariantCulture) : otherwise;
}
