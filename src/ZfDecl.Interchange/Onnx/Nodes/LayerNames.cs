using System.Text.RegularExpressions;

namespace ZfDecl.Interchange.Onnx.Nodes;

/// <summary>What a layer was called in the program that the model comes from, as far as the file still says so.</summary>
internal static partial class LayerNames
{
    /// <summary>From the name of a weight: <c>features.0.weight</c>, <c>conv1_w_0</c>, <c>block1_conv1/kernel:0</c>. Null where that is a number or the exporter's own.</summary>
    public static string? OfWeights(string? weights)
    {
        if (string.IsNullOrEmpty(weights) || !Suffix().IsMatch(weights))
            return null;
        return Plain(Suffix().Replace(weights, ""));
    }

    /// <summary>From the name of a node: <c>/layer1/layer1.0/relu/Relu</c>. Null for <c>Conv_12</c>.</summary>
    public static string? OfNode(string? node, string @operator)
    {
        if (string.IsNullOrEmpty(node))
            return null;
        string[] parts = node.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > 1 && Regex.IsMatch(parts[^1], $"^{Regex.Escape(@operator)}(_\\d+)?$"))
            parts = [.. parts[..^1].Where((part, i) => i + 2 >= parts.Length || !parts[i + 1].StartsWith(part, StringComparison.Ordinal))];
        return Plain(string.Join("_", parts.TakeLast(2)));
    }

    /// <summary>From the name of what it yields, as Caffe's networks have it: <c>inception_3a/1x1_1</c>.</summary>
    public static string? OfOutput(string output) => Plain(Regex.Replace(output, @"(_\d+|:\d+|_Output_0)$", ""));

    private static string? Plain(string name) => Exporters().IsMatch(name) || !name.Any(char.IsAsciiLetter) ? null : Device().Replace(name, "");

    // Caffe2 says where a layer was trained.
    [GeneratedRegex(@"^gpu_\d+/")]
    private static partial Regex Device();

    [GeneratedRegex(@"([._/](weight|bias|gamma|beta|scale|w|b|W|B|kernel|depthwise_kernel|weights|biases|running_mean|alpha|slope)(_0|:0|/read(:0)?|/ReadVariableOp(:0)?)*)+(__\d+)?$|/(Conv2D|depthwise|MatMul|FusedBatchNormV3|BiasAdd)(/ReadVariableOp(_\d)?)?(:0)?(__\d+)?$")]
    private static partial Regex Suffix();

    // onnx::Conv_193, Conv_12, Relu12, Parameter23, n17, r5, conv2d__24
    [GeneratedRegex(@"^(onnx[:_]+.*|[A-Z][A-Za-z]*_?\d+|[a-z]_?\d*|(node|val|tensor|input|output|data|getitem|const|const_fold_opt|Parameter|OC2_DUMMY)[_\d]*|.*__\d+)$")]
    private static partial Regex Exporters();
}
