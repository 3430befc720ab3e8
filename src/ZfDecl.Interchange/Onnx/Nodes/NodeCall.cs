using System.Globalization;
using ZfDecl.Interchange.Declared;
using ZfDecl.Interchange.Onnx.Proto;
using ZfDecl.Interchange.Problems;
using ZfDecl.Interchange.Views;

namespace ZfDecl.Interchange.Onnx.Nodes;

/// <summary>A node of a graph with what goes into it.</summary>
/// <param name="graph">What the node is a part of.</param>
/// <param name="node">The node.</param>
/// <param name="attributes">Its attributes, those of an enclosing function filled in.</param>
/// <param name="inputs">What goes in; null for an input that is left out.</param>
/// <param name="opset">The version of the operators.</param>
internal sealed class NodeCall(LayerGraph graph, NodeProto node, IReadOnlyDictionary<string, AttributeProto> attributes, IReadOnlyList<Operand?> inputs, long opset)
{
    public LayerGraph Graph => graph;

    public string Operator => node.OpType;

    public long Opset => opset;

    public IReadOnlyList<Operand?> Inputs => inputs;

    /// <summary>How many of its outputs have a name.</summary>
    public int Outputs => node.Output.Count;

    /// <summary>Whether somebody reads an output besides the first.</summary>
    public bool IsRead(int output) => output < node.Output.Count && graph.IsRead(node.Output[output]);

    public Operand? Input(int index) => index < inputs.Count ? inputs[index] : null;

    /// <summary>An input that must be there.</summary>
    public Operand Needed(int index) => Input(index) ?? throw new NotDeclarableException($"its input {index + 1} is missing", "the file is damaged: export it again");

    /// <summary>An input that must be known without an image.</summary>
    public Operand.Constant Constant(int index, string what) => Needed(index) as Operand.Constant
        ?? throw new NotDeclarableException($"its {what} are worked out from the image", "a spec's layers have fixed ones: export the network with constant ones");

    /// <summary>An input that is known without an image; null where it is left out.</summary>
    public Operand.Constant? Optional(int index, string what) => Input(index) is null ? null : Constant(index, what);

    /// <summary>What a layer yields, whatever its order; the image as the network takes it.</summary>
    public TensorView View(int index) => graph.ViewOf(Needed(index));

    /// <summary>What a layer yields as feature maps, [N, C, H, W].</summary>
    public TensorView Maps(int index) => graph.Maps(View(index));

    /// <summary>A layer of the same shape as what goes in, behind it.</summary>
    public Operand Pointwise(string kind, params (string Key, object Value)[] keys)
    {
        var view = View(0);
        return new Operand.Activation(view.From(Layer(kind, [view.Source], view.Shape, keys)));
    }

    /// <summary>A layer that is declared for this node.</summary>
    public DraftLayer Layer(string kind, IEnumerable<DraftLayer?> from, DraftShape shape, params (string Key, object Value)[] keys) => graph.Add(kind, NameOf(), from, shape, keys);

    /// <summary>What a layer with weights is called: as they are.</summary>
    public string? NameOf(int weights = 1) => LayerNames.OfWeights(node.Input.ElementAtOrDefault(weights)) ?? LayerNames.OfNode(node.Name, node.OpType) ?? LayerNames.OfOutput(node.Output[0]);

    public bool Has(string name) => attributes.ContainsKey(name);

    public long Int(string name, long otherwise) => attributes.TryGetValue(name, out var value) ? value.I : otherwise;

    public double Float(string name, double otherwise) => attributes.TryGetValue(name, out var value) ? Short(value.F) : otherwise;

    public string Text(string name, string otherwise) => attributes.TryGetValue(name, out var value) ? value.S.ToStringUtf8() : otherwise;

    public long[]? Ints(string name) => attributes.TryGetValue(name, out var value) ? [.. value.Ints] : null;

    public AttributeProto? Attribute(string name) => attributes.GetValueOrDefault(name);

    /// <summary>Whole numbers that are an attribute in older versions and an input in newer ones.</summary>
    public long[]? IntsOrInput(string name, int input) => Ints(name) ?? (Input(input) is null ? null : [.. Constant(input, name).Numbers.Select(value => (long)value)]);

    /// <summary>An axis counted from the first.</summary>
    public static int Axis(long axis, int rank) => (axis < 0 ? axis + rank : axis) is var counted && counted >= 0 && counted < rank ? (int)counted : throw new NotDeclarableException($"there is no axis {axis} of {rank}", "check the model");

    /// <summary>The number that a person would have written: 0.0001 and not 9.9999997e-05.</summary>
    public static double Short(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
