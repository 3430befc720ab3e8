using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Onnx.Operators;
using ZfDecl.Interchange.Onnx.Proto;
using ZfDecl.Interchange.Problems;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Onnx;

/// <summary>Goes through a graph node by node: constants are worked out, views followed, and every operator that has a counterpart becomes a layer.</summary>
internal sealed class GraphImport
{
    private const int DeepestFunctions = 16;
    private const int MostNodes = 100_000;

    private readonly string path;
    private readonly Dictionary<(string Domain, string Name), FunctionProto> functions;
    private readonly LayerGraph layers;
    private int nodes;

    private GraphImport(string path, OnnxFile file)
    {
        (this.path, layers) = (path, new(file.Read));
        functions = file.Model.Functions.GroupBy(function => (function.Domain, function.Name)).ToDictionary(same => same.Key, same => same.First());
    }

    /// <summary>The graph as layers.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="file">The model; its tensors are read later.</param>
    /// <param name="side">The height and width of the image where the model leaves them open.</param>
    /// <exception cref="ZfDeclException">ZF1602: it is damaged; ZF1603: it cannot be declared, with everything that cannot.</exception>
    public static GraphDraft Read(string path, OnnxFile file, int side)
    {
        var import = new GraphImport(path, file);
        var graph = file.Model.Graph;
        if (graph.Output.Count == 0)
            throw OnnxFile.Damaged(path, "its graph yields nothing");
        var needed = Needed(graph, graph.Output[0].Name);
        var values = graph.Initializer.Where(tensor => needed.Contains(tensor.Name)).DistinctBy(tensor => tensor.Name).ToDictionary(tensor => tensor.Name, Operand? (tensor) => import.layers.Constant(tensor));
        var image = GraphInput.Of(path, graph, needed, side);
        values[image.Name] = new Operand.Image(image.View, Preparation.None(image.Shape.Maps));
        import.layers.Read([graph.Output[0].Name]);
        var opset = OpsetOf(file.Model.OpsetImport);
        import.Run(graph.Node.Where(node => node.Output.Any(needed.Contains)), values, [], opset, 0);
        import.layers.Problems.Throw(path);
        var end = values.GetValueOrDefault(graph.Output[0].Name) ?? throw OnnxFile.Damaged(path, $"no node yields its output '{graph.Output[0].Name}'");
        return new()
        {
            Image = image,
            Layers = import.layers.Declared,
            End = end is Operand.Constant ? throw OnnxFile.Damaged(path, "what it yields does not depend on an image") : end,
            Preparation = end is Operand.Image { Preparation: var made } ? made : import.layers.Preparation ?? Preparation.None(image.Shape.Maps),
            Opset = opset,
            FurtherOutputs = [.. graph.Output.Skip(1).Select(output => output.Name)],
            Remarks = import.layers.Remarks,
        };
    }

    public static long OpsetOf(IEnumerable<OperatorSetIdProto> imported) => imported.FirstOrDefault(set => set.Domain is "" or "ai.onnx")?.Version ?? 1;

    /// <summary>Runs nodes in order.</summary>
    /// <param name="part">The nodes.</param>
    /// <param name="values">What is known by name; filled on.</param>
    /// <param name="outer">The attributes of the call, of a function's nodes.</param>
    /// <param name="opset">The version of the operators.</param>
    /// <param name="depth">How many functions lie around.</param>
    private void Run(IEnumerable<NodeProto> part, Dictionary<string, Operand?> values, Dictionary<string, AttributeProto> outer, long opset, int depth)
    {
        NodeProto[] all = [.. part];
        layers.Read(all.SelectMany(node => node.Input));
        foreach (var node in all)
        {
            if (++nodes > MostNodes)
                throw OnnxFile.Damaged(path, $"with its functions written out it has more than {MostNodes} nodes");
            if (node.Output.Count == 0)
                throw OnnxFile.Damaged(path, $"a node of type '{node.OpType}' yields nothing");
            Operand?[] inputs = [.. node.Input.Select(name => name.Length == 0 ? null : values.TryGetValue(name, out var value) ? value : throw OnnxFile.Damaged(path, $"'{node.OpType}' takes '{name}', which no earlier node yields"))];
            var results = inputs.Any(input => input is Operand.Unknown) ? [] : Run(node, inputs, outer, opset, depth);
            for (var i = 0; i < node.Output.Count; i++)
                values[node.Output[i]] = i < results.Count ? results[i] : new Operand.Unknown();
        }
    }

    private IReadOnlyList<Operand?> Run(NodeProto node, Operand?[] inputs, Dictionary<string, AttributeProto> outer, long opset, int depth)
    {
        // The last of a name counts, as in protocol buffers; what refers to the call's and is not given there is left out.
        var attributes = new Dictionary<string, AttributeProto>();
        foreach (var attribute in node.Attribute)
        {
            if (attribute.RefAttrName.Length == 0)
                attributes[attribute.Name] = attribute;
            else if (outer.TryGetValue(attribute.RefAttrName, out var given))
                attributes[attribute.Name] = given;
        }
        try
        {
            if (functions.TryGetValue((node.Domain, node.OpType), out var function))
                return Inline(function, inputs, attributes, opset, depth);
            return Operator.Run(new(layers, node, attributes, inputs, opset), node.Domain);
        }
        catch (NotDeclarableException problem)
        {
            layers.Problems.Add(node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}", node.Name.Length > 0 ? node.Name : $"'{node.Output[0]}'", problem);
        }
        catch (Exception cause) when (cause is OverflowException or IndexOutOfRangeException or ArgumentException or DivideByZeroException)
        {
            throw OnnxFile.Damaged(path, $"'{node.OpType}' that yields '{node.Output[0]}' has attributes or inputs that cannot be ({cause.Message})", cause);
        }
        return [];
    }

    private Operand?[] Inline(FunctionProto function, Operand?[] inputs, Dictionary<string, AttributeProto> attributes, long opset, int depth)
    {
        if (depth == DeepestFunctions)
            throw OnnxFile.Damaged(path, $"its functions call each other more than {DeepestFunctions} deep");
        var values = function.Input.Index().DistinctBy(input => input.Item).ToDictionary(input => input.Item, input => inputs.ElementAtOrDefault(input.Index));
        foreach (var otherwise in function.AttributeProto)
            attributes.TryAdd(otherwise.Name, otherwise);
        layers.Read(function.Output);
        Run(function.Node, values, attributes, function.OpsetImport.Count > 0 ? OpsetOf(function.OpsetImport) : opset, depth + 1);
        return [.. function.Output.Select(name => values.TryGetValue(name, out var value) ? value : throw OnnxFile.Damaged(path, $"function '{function.Name}' does not make its output '{name}'"))];
    }

    /// <summary>The names that the output hangs on.</summary>
    private static HashSet<string> Needed(GraphProto graph, string output)
    {
        var makers = new Dictionary<string, NodeProto>();
        foreach (var node in graph.Node)
            foreach (var name in node.Output)
                makers[name] = node;
        var (needed, left) = (new HashSet<string> { output }, new Stack<string>([output]));
        while (left.TryPop(out var name))
            foreach (var input in makers.TryGetValue(name, out var node) ? node.Input : [])
                if (needed.Add(input))
                    left.Push(input);
        return needed;
    }
}
