using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Interchange.Onnx.Proto;

namespace ZfDecl.Interchange.Exports.Onnx;

/// <summary>A network as a graph: each value has the name of the layer that yields it, each weight its name in a run's weights.</summary>
internal static class NetworkGraph
{
    /// <summary>The graph; its weights have shapes and no values yet. The same network makes the same graph.</summary>
    /// <param name="network">The network.</param>
    /// <param name="opset">The version of the operators.</param>
    /// <param name="pixels">What is done to pixels before the first layer; null where the graph takes what is prepared.</param>
    public static GraphProto Of(ResolvedNetwork network, long opset, PixelNormalisation? pixels)
    {
        var graph = new GraphWriter(opset);
        graph.Graph.Name = network.Name;
        graph.Graph.Input.Add(GraphWriter.Batch(LayerKeys.Image, network.Input.Maps, network.Input.Height, network.Input.Width));
        var image = pixels is null ? LayerKeys.Image : Prepare(graph, network.Input, pixels);
        foreach (var layer in network.Layers)
        {
            string[] inputs = [.. layer.Header.Inputs.Select(input => input < 0 ? image : network.Layers[input].Name)];
            Shape[] shapes = [.. layer.Header.Inputs.Select(input => input < 0 ? network.Input : network.Layers[input].Output)];
            OperationNodes.Write(new(graph, layer, inputs, shapes), layer.Operation);
            graph.Graph.Node[^1].DocString = layer.Description;
        }
        ValueInfoProto[] values = [.. network.Layers.Select(layer => GraphWriter.Batch(layer.Name, Sizes(layer.Output)))];
        graph.Graph.ValueInfo.AddRange(values[..^1]);
        graph.Graph.Output.Add(values[^1]);
        return graph.Graph;
    }

    private static string Prepare(GraphWriter graph, Shape input, PixelNormalisation pixels)
    {
        var x = LayerKeys.Image;
        if (!pixels.IsCentred)
        {
            long[] shape = pixels.Mean.Length == input.Maps ? [input.Maps, 1, 1] : [input.Maps, input.Height, input.Width];
            x = graph.Node("Sub", $"{LayerKeys.Image}/centred", [x, graph.Constant($"{LayerKeys.Image}/mean", pixels.Mean, shape)]);
        }
        if (!pixels.IsScaled)
            x = graph.Node("Mul", $"{LayerKeys.Image}/scaled", [x, graph.Constant($"{LayerKeys.Image}/factor", pixels.Factor, input.Maps, 1, 1)]);
        if (pixels.IsBgr)
            x = graph.Node("Gather", $"{LayerKeys.Image}/bgr", [x, graph.Constant($"{LayerKeys.Image}/order", 2, 1, 0)], ("axis", 1L));
        return x;
    }

    private static long[] Sizes(Shape shape) => shape.Flat ? [shape.Maps] : [shape.Maps, shape.Height, shape.Width];
}
