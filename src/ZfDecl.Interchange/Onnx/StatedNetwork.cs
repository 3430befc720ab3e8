using System.Globalization;
using System.Text.RegularExpressions;
using ZfDecl.Interchange.Exports;
using ZfDecl.Interchange.Exports.Onnx;
using ZfDecl.Interchange.Onnx.Proto;
using ZfDecl.Interchange.Specs;
using ZfDecl.Interchange.Tensors;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Onnx;

/// <summary>
/// A model that an export has written, and that states its spec. The spec is believed where it comes to the very graph that is in the file: it is written once more and compared, node by node. Weights
/// may have been trained on since.
/// </summary>
internal static partial class StatedNetwork
{
    /// <summary>The network of a model; null where it states no spec, or where its graph is another one.</summary>
    public static ImportedNetwork? Read(string path, OnnxFile file, ImportRequest request, IRunLog log)
    {
        if (Entry(OnnxMetadata.Spec) is not { Length: > 0 } text)
            return null;
        if (Spec(text) is { } spec && Spec(Renamed(text, request.Name)) is { } renamed && Statistics(spec) is var statistics && IsWritten(file, spec, statistics))
        {
            var provenance = OnnxImport.SourceOf(path, file, request);
            return new()
            {
                Name = request.Name,
                Spec = SpecText.Head(request.Name, provenance) + renamed.Text,
                Resolved = renamed.Resolved,
                Preprocess = new([], null, IsStated: true),
                Statistics = statistics,
                ClassNames = Entry(OnnxMetadata.Labels).Split('\n') is var labels && labels.Length == spec.Network.Classes ? labels : null,
                Weights = [.. file.Model.Graph.Initializer.Where(tensor => !tensor.Name.Contains('/', StringComparison.Ordinal)).Select(tensor => (tensor.Name, OfRun(file.Read(tensor).Values)))],
                Batches = Entry(OnnxMetadata.Batches).Split('\n').Select(line => line.Split(' ')).Where(pair => pair.Length == 2)
                    .Select(pair => (Name: pair[0], IsCount: long.TryParse(pair[1], CultureInfo.InvariantCulture, out var count), Count: count)).Where(pair => pair is { IsCount: true, Count: > 0 })
                    .DistinctBy(pair => pair.Name).ToDictionary(pair => pair.Name, pair => pair.Count),
                Provenance = provenance,
            };
        }
        log.Say("the model states a spec, but its graph is not what that spec comes to: it was changed since, so its layers are read from the graph");
        return null;

        string Entry(string key) => OnnxImport.Metadata(file, key);

        ZfDecl.Data.Batching.ImageStatistics? Statistics(ExportedSpec spec) => OnnxMetadata.Statistics(Entry, spec.Network.Input.Maps, checked((int)spec.Network.Input.Count));
    }

    private static ExportedSpec? Spec(string text) => Name().Match(text) is { Success: true } name ? ExportedSpec.Read(text, name.Groups[1].Value) : null;

    private static string Renamed(string text, string name) => Name().Replace(text, $"network: {name}", 1);

    /// <summary>Whether an export of the spec writes this graph.</summary>
    private static bool IsWritten(OnnxFile file, ExportedSpec spec, ZfDecl.Data.Batching.ImageStatistics? statistics)
    {
        var isInGraph = OnnxImport.Metadata(file, OnnxMetadata.Input) == OnnxMetadata.Pixels;
        var opset = GraphImport.OpsetOf(file.Model.OpsetImport);
        var network = new ExportedNetwork { Spec = spec, Classes = [], Statistics = statistics, Weights = new Dictionary<string, TorchSharp.torch.Tensor>() };
        if (statistics is null || opset is < OnnxExport.LeastOpset or > OnnxExport.MostOpset || (isInGraph && network.Pixels is null) || file.Model.Functions.Count > 0)
            return false;
        var found = file.Model.Graph;
        if (Written(spec, opset, isInGraph ? network.Pixels : null) is not { } written)
            return false;
        return written.Node.Select(Bare).SequenceEqual(found.Node.Select(Bare)) && written.Input.Equals(found.Input) && written.Output.Equals(found.Output) && written.Initializer.Count == found.Initializer.Count
            && written.Initializer.Zip(found.Initializer).All(pair => IsSame(file, pair.First, pair.Second));
    }

    /// <summary>What an export writes; null where it writes nothing.</summary>
    private static GraphProto? Written(ExportedSpec spec, long opset, PixelNormalisation? pixels)
    {
        try
        {
            return NetworkGraph.Of(spec.Network, opset, pixels);
        }
        catch (ZfDeclException tooLarge) when (tooLarge.Code == "ZF1532")
        {
            return null;
        }
    }

    /// <summary>A node without what is written on it for people.</summary>
    private static NodeProto Bare(NodeProto node)
    {
        var bare = node.Clone();
        bare.ClearDocString();
        return bare;
    }

    /// <summary>Whether a tensor of the file is the one that was written: a weight by its name and shape, a number of a formula by its value too.</summary>
    private static bool IsSame(OnnxFile file, TensorProto written, TensorProto found) =>
        written.Name == found.Name && written.DataType == found.DataType && written.Dims.Equals(found.Dims)
        && (!written.HasRawData || file.Read(written).Values.ToDoubles().AsSpan().SequenceEqual(file.Read(found).Values.ToDoubles()));

    /// <summary>A weight in the shape that a run keeps it in: one value a map stands as [maps, 1, 1] in a graph.</summary>
    private static TensorSource OfRun(TensorSource values) => values.Shape is [var maps, 1, 1] ? values.Reshaped(maps) : values;

    [GeneratedRegex("^network: *([A-Za-z0-9_]+) *$", RegexOptions.Multiline)]
    private static partial Regex Name();
}
