using System.Runtime.InteropServices;
using Google.Protobuf;
using ZfDecl.Interchange.Onnx.Proto;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Exports.Onnx;

/// <summary>A graph that is written node by node. A node has the name of what it yields; the same calls make the same graph.</summary>
/// <param name="opset">The version of the operators.</param>
internal sealed class GraphWriter(long opset)
{
    public const int Float = 1;

    /// <summary>The most numbers that a formula may bring into a graph: 256 MB.</summary>
    private const long MostConstants = 1 << 26;

    private const int Int64 = 7;
    private const int OfFloat = 1, OfInt = 2, OfInts = 7;      // types of attributes

    public GraphProto Graph { get; } = new();

    public long Opset => opset;

    /// <summary>Adds a node with one output.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="name">What it is called, and what it yields.</param>
    /// <param name="inputs">The values that go in.</param>
    /// <param name="attributes">Whole numbers (long), numbers (float) and lists of whole numbers (long[]).</param>
    /// <returns>The name.</returns>
    public string Node(string op, string name, IReadOnlyList<string> inputs, params IReadOnlyList<(string Name, object Value)> attributes)
    {
        var node = new NodeProto { OpType = op, Name = name };
        node.Input.AddRange(inputs);
        node.Output.Add(name);
        node.Attribute.AddRange(attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        Graph.Node.Add(node);
        return name;
    }

    /// <summary>A tensor of the network, whose values are put in when the file is written.</summary>
    public string Weight(string name, params IReadOnlyList<long> shape) => Initializer(new() { Name = name, DataType = Float }, shape);

    /// <summary>Numbers that a formula needs.</summary>
    public string Constant(string name, float[] values, params IReadOnlyList<long> shape) =>
        Initializer(new() { Name = name, DataType = Float, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)) }, shape);

    /// <summary>Asks for room before so many constants are made.</summary>
    /// <exception cref="ZfDeclException">ZF1532: they are too many.</exception>
    public static void Room(string layer, long constants)
    {
        if (constants > MostConstants)
            throw new ZfDeclException("ZF1532", $"layer '{layer}' has no operator in ONNX, and what it is composed of needs {constants:N0} constants; at most {MostConstants:N0} are written. Export the network as `to=pytorch`, or give the layer fewer maps or a smaller window");
    }

    /// <summary>A single number.</summary>
    public string Constant(string name, double value) => Constant(name, [(float)value], []);

    /// <summary>Whole numbers, such as a shape.</summary>
    public string Constant(string name, params long[] values) =>
        Initializer(new() { Name = name, DataType = Int64, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(values)) }, [values.Length]);

    /// <summary>What a value is, for whoever looks at the file: a batch of any size.</summary>
    public static ValueInfoProto Batch(string name, params IReadOnlyList<long> shape)
    {
        var sizes = new TensorShapeProto();
        sizes.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        sizes.Dim.AddRange(shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = Float, Shape = sizes } } };
    }

    private string Initializer(TensorProto tensor, IReadOnlyList<long> shape)
    {
        tensor.Dims.AddRange(shape);
        Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case long number:
                (attribute.Type, attribute.I) = (OfInt, number);
                break;
            case float number:
                (attribute.Type, attribute.F) = (OfFloat, number);
                break;
            case long[] numbers:
                attribute.Type = OfInts;
                attribute.Ints.AddRange(numbers);
                break;
            default:
                throw new ArgumentException($"an attribute of type {value.GetType()}", nameof(value));
        }
        return attribute;
    }
}
