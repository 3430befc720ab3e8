using System.Globalization;

namespace ZfDecl.Interchange.Specs;

/// <summary>What is done to an image, as a spec writes it, with the mean image where there is one.</summary>
/// <param name="Keys">The keys of <c>preprocess:</c>.</param>
/// <param name="MeanImage">[C, H, W], of red, green and blue; null for none.</param>
/// <param name="IsStated">Whether the file says it; else nothing is done to the pixels.</param>
internal sealed record PreprocessText(IReadOnlyList<(string Key, string Value)> Keys, float[]? MeanImage, bool IsStated)
{
    /// <summary>Where a file does not say what is done: nothing.</summary>
    public static PreprocessText Unknown { get; } = new([("subtract", "none"), ("divide", "1")], null, false);

    /// <summary>(pixel − mean) / divisor, channel by channel.</summary>
    /// <param name="isBgr">Whether the network takes blue first.</param>
    /// <param name="mean">[C], or [C, H, W], of red, green and blue, in pixels of 0 … 255.</param>
    /// <param name="divisors">[C], likewise.</param>
    public static PreprocessText Of(bool isBgr, double[] mean, double[] divisors)
    {
        var (keys, plane) = (new List<(string, string)>(), mean.Length / divisors.Length);
        if (isBgr)
            keys.Add(("channels", "bgr"));
        var ofChannels = mean.Where((_, i) => i % plane == 0).ToArray();
        var isImage = mean.Index().Any(value => value.Item != ofChannels[value.Index / plane]);
        keys.Add(("subtract", isImage ? "pixel-mean" : ofChannels.Any(value => value != 0) ? "channel-mean" : "none"));
        var isOne = divisors.Distinct().Count() == 1;
        keys.Add(("divide", isOne ? Number(divisors[0]) : "std"));
        if (!isImage && ofChannels.Any(value => value != 0))
            keys.Add(("mean", List(ofChannels)));
        if (!isOne)
            keys.Add(("std", List(divisors)));
        return new(keys, isImage ? Array.ConvertAll(mean, value => (float)value) : null, true);
    }

    /// <summary>The shortest number that is the same to a few millionths: what was computed from a rounded one.</summary>
    public static string Number(double value)
    {
        for (var digits = 4; digits < 9; digits++)
        {
            var text = value.ToString($"G{digits}", CultureInfo.InvariantCulture);
            if (Math.Abs(double.Parse(text, CultureInfo.InvariantCulture) - value) <= 2e-6 * Math.Abs(value))
                return text.Contains('E', StringComparison.Ordinal) ? value.ToString("R", CultureInfo.InvariantCulture) : text;
        }
        return value.ToString("R", CultureInfo.InvariantCulture);
    }

    private static string List(double[] values) => $"[{string.Join(", ", values.Select(Number))}]";
}
