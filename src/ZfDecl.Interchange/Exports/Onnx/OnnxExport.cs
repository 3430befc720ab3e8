using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using ZfDecl.Files;
using ZfDecl.Interchange.Onnx.Proto;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Interchange.Exports.Onnx;

/// <summary>Writes a network as an ONNX model.</summary>
internal static class OnnxExport
{
    /// <summary>The versions of the operators that a graph can be written in.</summary>
    public const int LeastOpset = 13, MostOpset = 25, UsualOpset = 17;

    /// <summary>The program that a model says it comes from.</summary>
    public const string Producer = "ZfDecl";

    /// <summary>What the name of the second file ends with.</summary>
    public const string BesideSuffix = ".data";

    private const int IrVersion = 8;                       // of 2022, as opset 17 is
    private const int External = 1;                        // data_location
    private const long MostInside = 2_000_000_000;         // a message of protocol buffers has at most 2 GiB

    /// <summary>Writes the model: one file, or, where its weights are too many for one message, a second one beside it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="opset">The version of the operators.</param>
    /// <param name="inGraph">Whether the graph prepares the pixels itself.</param>
    /// <param name="mostInside">The most bytes of weights that lie in the model itself.</param>
    /// <returns>The files.</returns>
    /// <exception cref="ZfDeclException">ZF1531: the means that it should subtract are not known; ZF1204: a file cannot be written.</exception>
    public static IReadOnlyList<string> Write(ExportedNetwork network, string path, long opset, bool inGraph, long mostInside = MostInside)
    {
        var model = Model(network, opset, inGraph);
        TensorProto[] weights = [.. model.Graph.Initializer.Where(tensor => !tensor.HasRawData)];
        foreach (var weight in weights)
        {
            if (network.WeightOf(weight.Name).Count != weight.Dims.Aggregate(1L, (count, side) => count * side))
                throw new InvalidOperationException($"'{weight.Name}' is [{string.Join(", ", network.Weights[weight.Name].shape)}] in the run, and [{string.Join(", ", weight.Dims)}] in the graph");
        }
        var isBeside = weights.Sum(weight => network.WeightOf(weight.Name).Count * sizeof(float)) > mostInside;
        if (isBeside)
            WriteBeside(network, weights, path + BesideSuffix);
        else
            foreach (var weight in weights)
                weight.RawData = UnsafeByteOperations.UnsafeWrap(MemoryMarshal.AsBytes<float>(network.WeightOf(weight.Name).ToArray()).ToArray());
        AtomicFile.Write(path, stream => model.WriteTo(stream));
        return isBeside ? [path, path + BesideSuffix] : [path];
    }

    /// <summary>The model without the values of its weights.</summary>
    /// <inheritdoc cref="Write"/>
    public static ModelProto Model(ExportedNetwork network, long opset, bool inGraph)
    {
        var pixels = !inGraph ? null : network.Pixels
            ?? throw new ZfDeclException("ZF1531", $"the means that '{network.Name}' subtracts are measured on the training images, and this run has seen none. Export a run that was trained, or leave `preprocess=yes` out");
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = Producer, ProducerVersion = RunVersions.Current.ZfDecl, DocString = network.Spec.Network.Summary, Graph = NetworkGraph.Of(network.Spec.Network, opset, pixels) };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        model.MetadataProps.AddRange(OnnxMetadata.Of(network, inGraph).Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return model;
    }

    private static void WriteBeside(ExportedNetwork network, TensorProto[] weights, string path)
    {
        AtomicFile.Write(path, stream =>
        {
            foreach (var weight in weights)
            {
                weight.DataLocation = External;
                var begin = stream.Position;
                network.WeightOf(weight.Name).Read(block => stream.Write(MemoryMarshal.AsBytes(block)));
                foreach (var (key, value) in new[] { ("location", Path.GetFileName(path)), ("offset", Number(begin)), ("length", Number(stream.Position - begin)) })
                    weight.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
            }
        });

        static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
