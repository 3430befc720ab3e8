using System.Globalization;

namespace ZfDecl.Findings;

/// <summary>Numbers as the page prints them.</summary>
internal static class Figures
{
    /// <summary>Three significant digits with the unit of a thousand, for example <c>1.17 G</c>; whole numbers below 10,000 as they are.</summary>
    public static string Short(long count) => count switch
    {
        < 10_000 => count.ToString("N0", CultureInfo.InvariantCulture),
        < 1_000_000 => $"{Significant(count / 1e3)} k",
        < 1_000_000_000 => $"{Significant(count / 1e6)} M",
        _ => $"{Significant(count / 1e9)} G",
    };

    /// <summary>Three significant digits.</summary>
    public static string Significant(double value) => value == 0 || !double.IsFinite(value)
        ? value.ToString(CultureInfo.InvariantCulture)
        : Math.Abs(value) is >= 100 and < 1e6 ? value.ToString("0", CultureInfo.InvariantCulture)
        : Math.Abs(value) is >= 1e-4 and < 100 ? decimal.Parse(value.ToString("E2", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
        : value.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage with two decimals.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.00", CultureInfo.InvariantCulture) + "\u00A0%";

    /// <summary>A time, for example <c>1 h 02 min</c>, <c>4 min 07 s</c> or <c>3.8 s</c>.</summary>
    public static string Time(double seconds) => seconds switch
    {
        >= 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 3600} h {(int)seconds / 60 % 60:00} min"),
        >= 60 => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60} min {(int)seconds % 60:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
    };
}
