using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ZfDecl.Data.Batching;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Interchange.Exports.Onnx;

/// <summary>What a model says besides its graph, in <c>metadata_props</c>: for whoever uses it, and for an import that makes the same run of it again.</summary>
internal static class OnnxMetadata
{
    /// <summary>The names of the classes, one a line.</summary>
    public const string Labels = "labels";

    /// <summary>What is done to pixels before, as JSON, where the graph does not do it.</summary>
    public const string Preprocess = "preprocess";

    /// <summary>The spec of the network.</summary>
    public const string Spec = "zfdecl.spec";

    /// <summary>Whether the graph takes <c>pixels</c> from 0 to 255, or <c>prepared</c> images.</summary>
    public const string Input = "zfdecl.input";

    /// <summary>Statistics of the training images, as far as the spec asks for them: float32 in base64.</summary>
    public const string Mean = "zfdecl.mean", ChannelMean = "zfdecl.channel-mean", ChannelDeviation = "zfdecl.channel-deviation";

    /// <summary>How many minibatches each batch normalisation has seen, <c>name count</c> on lines.</summary>
    public const string Batches = "zfdecl.batches";

    public const string Pixels = "pixels", Prepared = "prepared";

    /// <summary>The entries of a network, in order.</summary>
    /// <param name="network">The network.</param>
    /// <param name="isInGraph">Whether the graph prepares the pixels itself.</param>
    public static IEnumerable<(string Key, string Value)> Of(ExportedNetwork network, bool isInGraph)
    {
        var recipe = network.Spec.Preprocess;
        if (network.Classes.Count > 0)
            yield return (Labels, string.Join('\n', network.Classes));
        if (network.Licence.Length > 0)
            yield return ("license", network.Licence);
        yield return (Preprocess, Described(network, recipe, isInGraph));
        yield return (Spec, network.Spec.Text);
        yield return (Input, isInGraph ? Pixels : Prepared);
        if (network.Statistics is { } statistics)
        {
            if (recipe.Subtract == Subtraction.PixelMean)
                yield return (Mean, Encoded(statistics.Mean));
            if (recipe.Subtract == Subtraction.PixelMean || (recipe.Subtract == Subtraction.ChannelMean && recipe.Mean.Count == 0))
                yield return (ChannelMean, Encoded(statistics.ChannelMean));
            if (recipe.Divide is null && recipe.Std.Count == 0)
                yield return (ChannelDeviation, Encoded(statistics.ChannelDeviation));
        }
        string[] batches = [.. network.Weights.Where(weight => weight.Key.EndsWith(".num_batches_tracked", StringComparison.Ordinal) && weight.Value.cpu().item<long>() > 0)
            .OrderBy(weight => weight.Key, StringComparer.Ordinal).Select(weight => string.Create(CultureInfo.InvariantCulture, $"{weight.Key} {weight.Value.cpu().item<long>()}"))];
        if (batches.Length > 0)
            yield return (Batches, string.Join('\n', batches));
    }

    /// <summary>Statistics as they were written; where an entry is missing, as an import without it has them. Null where an entry is damaged.</summary>
    public static ImageStatistics? Statistics(Func<string, string> entry, int channels, int values)
    {
        var (mean, means, deviations) = (Decoded(entry(Mean), values), Decoded(entry(ChannelMean), channels), Decoded(entry(ChannelDeviation), channels));
        if (mean is null || means is null || deviations is null)
            return null;
        var statistics = new ImageStatistics { Mean = mean, ChannelMean = means, ChannelDeviation = deviations };
        return statistics.Flaw() is null ? statistics : null;
    }

    private static string Described(ExportedNetwork network, PreprocessRecipe recipe, bool isInGraph)
    {
        var fit = new Dictionary<string, object?> { ["resize"] = recipe.Resize, ["fit"] = recipe.Fit.ToString().ToLowerInvariant() };
        if (isInGraph)
            return JsonSerializer.Serialize(new Dictionary<string, object?>(fit) { ["pixels"] = "0..255", ["channels"] = "rgb" });
        var entries = new Dictionary<string, object?>(fit) { ["pixels"] = "0..255, minus mean, divided by std", ["channels"] = recipe.Channels.ToString().ToLowerInvariant() };
        if (network.Pixels is { } pixels)
        {
            entries["mean"] = pixels.Mean.Length == pixels.Factor.Length ? pixels.Mean : $"an image, in {Mean}";
            entries["std"] = Array.ConvertAll(pixels.Factor, factor => 1 / factor);
        }
        return JsonSerializer.Serialize(entries);
    }

    private static string Encoded(float[] values) => Convert.ToBase64String(MemoryMarshal.AsBytes<float>(values));

    private static float[]? Decoded(string text, int count)
    {
        if (text.Length == 0)
            return new float[count];
        if (text.Length / 4L * 3 < (long)count * sizeof(float))
            return null;
        var bytes = new byte[count * sizeof(float)];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == bytes.Length ? MemoryMarshal.Cast<byte, float>(bytes).ToArray() : null;
    }
}
