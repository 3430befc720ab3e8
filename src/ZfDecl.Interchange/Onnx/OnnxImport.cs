using ZfDecl.Files;
using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Specs;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Onnx;

/// <summary>From an ONNX model to a network that a spec declares.</summary>
internal static class OnnxImport
{
    /// <summary>Means and deviations up to here are of pixels from 0 to 1.</summary>
    private const double MostOfUnit = 2;

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="file">The same, open; the network's weights are read from it later.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="before">A model of its own that prepares images; null for none.</param>
    /// <param name="log">Hears what is left out.</param>
    /// <exception cref="ZfDeclException">ZF1602, ZF1604: it is damaged; ZF1603, ZF1605: it cannot be declared.</exception>
    public static ImportedNetwork Read(string path, OnnxFile file, ImportRequest request, Preparation? before, IRunLog log)
    {
        if (before is null && StatedNetwork.Read(path, file, request, log) is { } stated)
            return stated;
        var graph = GraphImport.Read(path, file, request.Side);
        if (graph.End is not Operand.Activation { View.Source: { } end })
            throw new ZfDeclException("ZF1603", $"'{path}' has no layers: it prepares images, and nothing more", path);
        if (graph.Image.IsOpen)
            log.Say($"the model takes images of any size; the network takes {graph.Image.Shape.Height}×{graph.Image.Shape.Width}: name another size with `size`");
        if (graph.FurtherOutputs.Count > 0)
            log.Say($"a network has one output, so these are left out: {string.Join(", ", graph.FurtherOutputs)}");
        foreach (var remark in graph.Remarks)
            log.Say(remark);
        var preparation = before is null || before.IsNone ? graph.Preparation : graph.Preparation.IsNone ? before
            : throw new ZfDeclException("ZF1603", $"'{path}' prepares images itself, and so does the model beside it; a spec prepares them once", path);
        return ImportedNetwork.Of(request.Name, new(graph.Image.Shape, graph.Layers, end), Preprocess(preparation, path), SourceOf(path, file, request), path);
    }

    /// <summary>Where a network comes from.</summary>
    public static Provenance SourceOf(string path, OnnxFile file, ImportRequest request)
    {
        var source = Path.GetFileName(path) + (request.Package is { } package ? $" of {package.Id} {package.Version}" : "");
        var licence = Metadata(file, "license", "licence") is { Length: > 0 } stated ? stated : request.Package?.Licence ?? "";
        return new(source, RegularFile.Sha256(path), $"ONNX opset {GraphImport.OpsetOf(file.Model.OpsetImport)}", Producer(file), licence);
    }

    /// <summary>What a model that only prepares images does to them.</summary>
    /// <exception cref="ZfDeclException">ZF1603: it does more than that.</exception>
    public static Preparation ReadPreparation(string path, OnnxFile file, int side) => GraphImport.Read(path, file, side) is { End: Operand.Image image } ? image.Preparation
        : throw new ZfDeclException("ZF1603", $"'{path}' was taken for a model that prepares images, and it is a network", path);

    /// <summary>The value of the first of these keys that a model's metadata has; empty where it has none.</summary>
    public static string Metadata(OnnxFile file, params string[] keys) =>
        keys.Select(key => file.Model.MetadataProps.LastOrDefault(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase))?.Value).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) ?? "";

    private static string Producer(OnnxFile file) => $"{file.Model.ProducerName} {file.Model.ProducerVersion}".Trim();

    /// <summary>Scale and shift of each channel, in the order of the network, as means and divisors in the order of the image.</summary>
    private static PreprocessText Preprocess(Preparation preparation, string path)
    {
        if (preparation.IsNone)
            return PreprocessText.Unknown;
        var (order, channels) = (preparation.Order, preparation.Scale.Length);
        var (isRgb, isBgr) = (order.SequenceEqual(Enumerable.Range(0, channels)), channels == 3 && order is [2, 1, 0]);
        if (!isRgb && !isBgr)
            throw Refused($"it takes the channels of an image in the order {string.Join(", ", order)}", "a spec knows rgb and bgr");
        if (preparation.Scale.Any(scale => !(scale > 0)))
            throw Refused($"it multiplies pixels by {string.Join(", ", preparation.Scale)}", "a spec divides them by numbers above 0");
        var plane = preparation.Shift.Length / channels;
        var (mean, divisors) = (new double[preparation.Shift.Length], new double[channels]);
        for (var channel = 0; channel < channels; channel++)
        {
            divisors[order[channel]] = 1 / preparation.Scale[channel];
            for (var i = 0; i < plane; i++)
                mean[order[channel] * plane + i] = -preparation.Shift[channel * plane + i] / preparation.Scale[channel];
        }
        var pixels = mean.Concat(divisors).All(value => Math.Abs(value) <= MostOfUnit) && divisors.Any(value => value < 1) ? 255 : 1;
        return PreprocessText.Of(isBgr, [.. mean.Select(value => value * pixels + 0.0)], [.. divisors.Select(value => value * pixels)]);

        ZfDeclException Refused(string reason, string remedy) => new("ZF1603", $"'{path}' prepares images in a way that cannot be declared: {reason}; {remedy}", path);
    }
}
