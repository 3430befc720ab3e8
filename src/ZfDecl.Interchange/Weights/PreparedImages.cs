using ZfDecl.Data.Batching;
using ZfDecl.Networks;

namespace ZfDecl.Interchange.Weights;

/// <summary>What images are prepared with, where an export has written that beside the weights of a module: <c>images.mean</c> and <c>images.std</c>.</summary>
internal static class PreparedImages
{
    /// <summary>The names; no layer is called so.</summary>
    public const string Mean = "images.mean", Std = "images.std";

    /// <summary>The statistics of a file; null where it states none, or none of this input.</summary>
    public static ImageStatistics? Of(WeightsContent content, FeatureShape input)
    {
        if (Values(Mean) is not { } mean || Values(Std) is not { } std || std.Length != input.Maps || (mean.Length != input.Maps && mean.Length != input.Count))
            return null;
        var statistics = mean.Length == input.Count && input.Height * input.Width > 1
            ? new ImageStatistics { Mean = mean, ChannelMean = [.. Enumerable.Range(0, input.Maps).Select(channel => mean.AsSpan(channel * input.Height * input.Width, input.Height * input.Width).ToArray().Average())], ChannelDeviation = std }
            : new ImageStatistics { Mean = [.. mean.SelectMany(value => Enumerable.Repeat(value, input.Height * input.Width))], ChannelMean = mean, ChannelDeviation = std };
        return statistics.Flaw() is null ? statistics : null;

        float[]? Values(string name) => content.Tensors.FirstOrDefault(tensor => tensor.Name == name) is { Values: { Count: > 0 } values } && values.Count <= input.Count ? values.ToArray() : null;
    }

    /// <summary>Where nothing is known: nothing is subtracted, and divided by 1.</summary>
    public static ImageStatistics Unknown(FeatureShape input) => new() { Mean = new float[input.Count], ChannelMean = new float[input.Maps], ChannelDeviation = new float[input.Maps] };
}
