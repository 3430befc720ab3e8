using ZfDecl.Data.Batching;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Interchange.Exports;

/// <summary>What is done to the pixels 0 … 255 of an image that has the network's height and width: (pixel − mean) · factor, then the colours put in the network's order.</summary>
/// <param name="Mean">One a channel, or one a pixel: [C], or [C, H, W], of red, green and blue.</param>
/// <param name="Factor">[C], likewise.</param>
/// <param name="IsBgr">Whether the network takes blue first.</param>
internal sealed record PixelNormalisation(float[] Mean, float[] Factor, bool IsBgr)
{
    /// <summary>What a recipe does.</summary>
    /// <param name="input">The network's input.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="statistics">What was measured on the training images.</param>
    /// <exception cref="ArgumentException">The recipe needs statistics that are not there.</exception>
    public static PixelNormalisation Of(FeatureShape input, PreprocessRecipe recipe, ImageStatistics statistics)
    {
        var preprocessor = new Preprocessor(input, input, recipe, statistics);
        var (mean, plane) = (preprocessor.Mean.ToArray(), input.Height * input.Width);
        float[] ofChannels = [.. mean.Where((_, i) => i % plane == 0)];
        var isImage = mean.Index().Any(value => value.Item != ofChannels[value.Index / plane]);
        return new(isImage ? mean : ofChannels, preprocessor.Factor.ToArray(), recipe.Channels == ChannelOrder.Bgr && input.Maps == 3);
    }

    /// <summary>Whether it subtracts nothing.</summary>
    public bool IsCentred => Array.TrueForAll(Mean, mean => mean == 0);

    /// <summary>Whether it multiplies by nothing but 1.</summary>
    public bool IsScaled => Array.TrueForAll(Factor, factor => factor == 1);

    public bool Equals(PixelNormalisation? other) => other is not null && IsBgr == other.IsBgr && Mean.SequenceEqual(other.Mean) && Factor.SequenceEqual(other.Factor);

    public override int GetHashCode() => HashCode.Combine(IsBgr, Mean.Length, Mean[0], Factor[0]);
}
