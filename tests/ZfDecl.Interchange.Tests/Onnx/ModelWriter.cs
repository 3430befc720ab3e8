using Google.Protobuf;
using ZfDecl.Interchange.Onnx.Proto;

namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>Writes ONNX models as exporters do, node by node.</summary>
internal sealed class ModelWriter
{
    public const int Float = 1, Int64 = 7;

    private int names;

    public ModelWriter(long opset, params long[] input)
    {
        Model.IrVersion = opset > 20 ? 10 : 8;
        Model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        Model.Graph = new() { Name = "graph" };
        Model.Graph.Input.Add(Value("image", [.. input.Select(size => (object)size)]));
        Opset = opset;
    }

    public long Opset { get; }

    public ModelProto Model { get; } = new();

    public GraphProto Graph => Model.Graph;

    public string Image => "image";

    /// <summary>The name of the next value.</summary>
    public string Fresh() => $"v{++names}";

    /// <summary>Adds a node with one output.</summary>
    public string Node(string op, IEnumerable<string> inputs, params (string Name, object Value)[] attributes) => Nodes(op, inputs, 1, attributes)[0];

    public string[] Nodes(string op, IEnumerable<string> inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        string[] results = [.. Enumerable.Range(0, outputs).Select(_ => Fresh())];
        Graph.Node.Add(Make(op, inputs, results, attributes));
        return results;
    }

    public static NodeProto Make(string op, IEnumerable<string> inputs, IEnumerable<string> outputs, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { OpType = op };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        return node;
    }

    public static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case int or long:
                (attribute.Type, attribute.I) = (2, Convert.ToInt64(value, null));
                break;
            case float or double:
                (attribute.Type, attribute.F) = (1, Convert.ToSingle(value, null));
                break;
            case string text:
                (attribute.Type, attribute.S) = (3, ByteString.CopyFromUtf8(text));
                break;
            case TensorProto tensor:
                (attribute.Type, attribute.T) = (4, tensor);
                break;
            case long[] numbers:
                attribute.Type = 7;
                attribute.Ints.AddRange(numbers);
                break;
            case float[] numbers:
                attribute.Type = 6;
                attribute.Floats.AddRange(numbers);
                break;
            default:
                throw new ArgumentException($"{value.GetType()}", nameof(value));
        }
        return attribute;
    }

    /// <summary>Adds a constant as an initialiser.</summary>
    public string Constant(float[] values, params long[] shape) => Initializer(Tensor(values, shape));

    public string Constant(params long[] values) => Initializer(Tensor(values));

    public string Initializer(TensorProto tensor)
    {
        if (!tensor.HasName)
            tensor.Name = Fresh();
        Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    public static TensorProto Tensor(float[] values, params long[] shape)
    {
        var tensor = new TensorProto { DataType = Float, RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values)) };
        tensor.Dims.AddRange(shape);
        return tensor;
    }

    public static TensorProto Tensor(params long[] values)
    {
        var tensor = new TensorProto { DataType = Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.AddRange(values);
        return tensor;
    }

    /// <summary>Ends the graph; of a further output only the name counts.</summary>
    public ModelWriter Yield(params string[] outputs)
    {
        foreach (var output in outputs)
            Graph.Output.Add(new ValueInfoProto { Name = output, Type = new() { TensorType = new() { ElemType = Float } } });
        return this;
    }

    public byte[] ToBytes() => Model.ToByteArray();

    /// <summary>A value with a type; a dimension is a number, or a name where it is open.</summary>
    public static ValueInfoProto Value(string name, object[] shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (var size in shape)
            dimensions.Dim.Add(size is string open ? new TensorShapeProto.Types.Dimension { DimParam = open } : new() { DimValue = Convert.ToInt64(size, null) });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = Float, Shape = dimensions } } };
    }
}
