using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Onnx;

/// <summary>Where in a model tensors lie.</summary>
internal static class ModelParts
{
    /// <summary>A whole model.</summary>
    public static TensorScan.Kind Model { get; } = OfModel();

    private static TensorScan.Kind OfModel()
    {
        var (tensor, graph) = (new TensorScan.Kind([4, 9, 10], []), new TensorScan.Kind([], []));
        var attribute = new TensorScan.Kind([], new() { [5] = tensor, [6] = graph });
        var node = new TensorScan.Kind([], new() { [5] = attribute });
        graph.Fields[1] = node;
        graph.Fields[5] = tensor;
        var function = new TensorScan.Kind([], new() { [7] = node, [11] = attribute });
        return new([], new() { [7] = graph, [25] = function });
    }
}
