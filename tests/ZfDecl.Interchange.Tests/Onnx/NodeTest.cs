using System.Runtime.InteropServices;
using Google.Protobuf;
using ZfDecl.Interchange.Onnx.Proto;

namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>A test of one operator as ONNX publishes it, a model with what goes in and what comes out, made a network's: a network takes one image and has constants for all else.</summary>
internal sealed class NodeTest
{
    private const int Float = 1, ImageRank = 4;

    private NodeTest(string name, ModelProto model, TensorProto[] inputs, TensorProto output) => (Name, Model, Inputs, Output) = (name, model, inputs, output);

    public string Name { get; }

    public ModelProto Model { get; }

    /// <summary>The operators, by name.</summary>
    public IEnumerable<string> Operators => Model.Graph.Node.Select(node => node.OpType).Distinct();

    /// <summary>What should come out.</summary>
    public TensorProto Output { get; }

    private TensorProto[] Inputs { get; }

    /// <summary>Reads a test.</summary>
    /// <param name="folder">Its folder, with <c>model.onnx</c> and <c>test_data_set_0</c>.</param>
    /// <returns>Null where what goes in or comes out is no tensor.</returns>
    public static NodeTest? Read(string folder)
    {
        var data = Path.Combine(folder, "test_data_set_0");
        try
        {
            var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, "model.onnx")));
            TensorProto[] inputs = [.. Enumerable.Range(0, model.Graph.Input.Count).Select(k => Tensor(Path.Combine(data, $"input_{k}.pb")))];
            return inputs.Length == 0 ? null : new(Path.GetFileName(folder)["test_".Length..], model, inputs, Tensor(Path.Combine(data, "output_0.pb")));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or FileNotFoundException)
        {
            return null;
        }

        static TensorProto Tensor(string path) => TensorProto.Parser.ParseFrom(File.ReadAllBytes(path));
    }

    /// <summary>The values of a tensor of float32; null for one of another type.</summary>
    public static float[]? Values(TensorProto tensor) =>
        tensor.DataType != Float ? null : tensor.HasRawData ? [.. MemoryMarshal.Cast<byte, float>(tensor.RawData.Span)] : [.. tensor.FloatData];

    /// <summary>
    /// The test as models that take an image, the likelier one first. What goes in is widened to four dimensions, with ones before its own; a row of numbers, or a matrix of them, is also tried as
    /// the columns of one map, which a flatten makes a row of units for each image. Inputs of the same shape lie in the image side by side, and a convolution of kernel 1 takes each out; others are constants.
    /// </summary>
    public IEnumerable<(byte[] Model, float[] Image, long[] Shape)> AsNetworks()
    {
        if (Values(Inputs[0]) is not { Length: > 0 } || Inputs[0].Dims.Count is 0 or > ImageRank)
            yield break;
        long[] dims = [.. Inputs[0].Dims];
        var alike = Inputs.TakeWhile(input => input.Dims.SequenceEqual(dims) && Values(input) is not null).Count();
        foreach (var joined in alike > 1 ? new[] { alike, 1 } : [1])
        {
            if (dims.Length <= 2)
                yield return AsNetwork([dims.Length == 1 ? 1 : dims[0], 1, 1, dims[^1]], joined, isFlattened: true);
            yield return AsNetwork([.. Enumerable.Repeat(1L, ImageRank - dims.Length), .. dims], joined, isFlattened: false);
        }
    }

    private (byte[] Model, float[] Image, long[] Shape) AsNetwork(long[] shape, int joined, bool isFlattened)
    {
        var model = Model.Clone();
        var graph = model.Graph;
        var ones = isFlattened ? 2 - Inputs[0].Dims.Count : ImageRank - Inputs[0].Dims.Count;
        foreach (var node in graph.Node)
            Shift(node, ones);
        for (var k = 0; k < Inputs.Length; k++)
        {
            var (name, constant) = (graph.Input[k].Name, Inputs[k].Clone());
            constant.Name = name;
            if (k >= joined)
            {
                if (graph.Node[^1].OpType is "Squeeze" or "Unsqueeze")
                    Shift(constant, ones);
                graph.Initializer.Add(constant);
                continue;
            }
            var taken = isFlattened ? $"{name}_maps" : name;
            graph.Initializer.Add(Selection($"take{k}", (int)shape[1], joined, k));
            graph.Node.Insert(isFlattened ? 2 * k : k, ModelWriter.Make("Conv", ["image", $"take{k}"], [taken]));
            if (isFlattened)
                graph.Node.Insert(2 * k + 1, ModelWriter.Make("Flatten", [taken], [name]));
        }
        long[] whole = [shape[0], joined * shape[1], shape[2], shape[3]];
        graph.Input.Clear();
        graph.Input.Add(ModelWriter.Value("image", [.. whole.Cast<object>()]));
        return (model.ToByteArray(), Image(shape, joined), whole);
    }

    /// <summary>The inputs side by side, as channels.</summary>
    private float[] Image(long[] shape, int joined)
    {
        var size = (int)(shape[1] * shape[2] * shape[3]);
        float[][] values = [.. Inputs.Take(joined).Select(input => Values(input)!)];
        return [.. Enumerable.Range(0, (int)shape[0]).SelectMany(n => values.SelectMany(one => one.AsSpan(n * size, size).ToArray()))];
    }

    /// <summary>The filters [maps, joined · maps, 1, 1] that take one of the joined inputs out.</summary>
    private static TensorProto Selection(string name, int maps, int joined, int which)
    {
        var filters = new TensorProto { Name = name, DataType = Float };
        filters.Dims.AddRange([maps, joined * maps, 1, 1]);
        filters.FloatData.AddRange(Enumerable.Range(0, maps).SelectMany(map => Enumerable.Range(0, joined * maps).Select(channel => channel == which * maps + map ? 1f : 0f)));
        return filters;
    }

    /// <summary>Counts the axes of a node from the widened shape.</summary>
    private static void Shift(NodeProto node, int ones)
    {
        foreach (var attribute in node.Attribute.Where(_ => ones > 0))
        {
            if (attribute.Name == "axis" && attribute.I >= 0)
                attribute.I += ones;
            long[]? shifted = attribute.Name switch
            {
                "axes" => [.. attribute.Ints.Select(axis => axis >= 0 ? axis + ones : axis)],
                "perm" => [.. Enumerable.Range(0, ones).Select(axis => (long)axis), .. attribute.Ints.Select(axis => axis + ones)],
                _ => null,
            };
            if (shifted is null)
                continue;
            attribute.Ints.Clear();
            attribute.Ints.AddRange(shifted);
        }
    }

    private static void Shift(TensorProto axes, int ones)
    {
        long[] values = axes.HasRawData ? [.. MemoryMarshal.Cast<byte, long>(axes.RawData.Span)] : [.. axes.Int64Data];
        axes.ClearRawData();
        axes.Int64Data.Clear();
        axes.Int64Data.AddRange(values.Select(axis => axis >= 0 ? axis + ones : axis));
    }
}
