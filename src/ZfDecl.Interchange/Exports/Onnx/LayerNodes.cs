using ZfDecl.Generators.Model;

namespace ZfDecl.Interchange.Exports.Onnx;

/// <summary>The nodes that one layer becomes: the last has the layer's name, those before it the layer's with a step behind it, <c>norm1/square</c>.</summary>
/// <param name="graph">Where they go.</param>
/// <param name="layer">The layer.</param>
/// <param name="inputs">What goes in.</param>
/// <param name="shapes">The shapes of that.</param>
internal sealed class LayerNodes(GraphWriter graph, ResolvedLayer layer, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes)
{
    public long Opset => graph.Opset;

    public Shape Input => layer.Input;

    public Shape Output => layer.Output;

    /// <summary>What goes in, in order.</summary>
    public IReadOnlyList<string> Inputs => inputs;

    public Shape InputShape(int input) => shapes[input];

    /// <summary>The first, or only, of what goes in.</summary>
    public string X => inputs[0];

    /// <summary>The node that yields what the layer yields.</summary>
    public void Result(string op, IReadOnlyList<string> inputs, params IReadOnlyList<(string, object)> attributes) => graph.Node(op, layer.Name, inputs, attributes);

    /// <summary>A node on the way there.</summary>
    public string Step(string step, string op, IReadOnlyList<string> inputs, params IReadOnlyList<(string, object)> attributes) => graph.Node(op, Named(step), inputs, attributes);

    /// <summary>A tensor of the layer: <c>conv1.weight</c>.</summary>
    public string Weight(string tensor, params IReadOnlyList<long> shape) => graph.Weight($"{layer.Name}.{tensor}", shape);

    /// <summary>A tensor with one value a map, shaped to be joined with maps, or units.</summary>
    public string PerMap(string tensor) => Output.Flat ? Weight(tensor, Output.Maps) : Weight(tensor, Output.Maps, 1, 1);

    public string Constant(string step, float[] values, params IReadOnlyList<long> shape) => graph.Constant(Named(step), values, shape);

    /// <summary>Asks for room before so many constants are made.</summary>
    /// <exception cref="ZfDecl.Messages.ZfDeclException">ZF1532: they are too many.</exception>
    public void Room(long constants) => GraphWriter.Room(layer.Name, constants);

    public string Constant(string step, double value) => graph.Constant(Named(step), value);

    public string Constant(string step, params long[] values) => graph.Constant(Named(step), values);

    /// <summary>The mean over some axes, which stay as 1: an attribute before version 18, an input from there on.</summary>
    public string Mean(string step, string x, params long[] axes) => Opset >= 18
        ? Step(step, "ReduceMean", [x, Constant($"{step}-axes", axes)], ("keepdims", 1L))
        : Step(step, "ReduceMean", [x], ("axes", axes), ("keepdims", 1L));

    private string Named(string step) => $"{layer.Name}/{step}";
}
