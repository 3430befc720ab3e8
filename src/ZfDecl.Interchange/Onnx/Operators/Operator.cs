using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Problems;

namespace ZfDecl.Interchange.Onnx.Operators;

/// <summary>What becomes of a node: its outputs.</summary>
internal delegate IReadOnlyList<Operand?> OperatorRule(NodeCall call);

/// <summary>The operators that are known, by name.</summary>
internal static class Operator
{
    private static readonly Dictionary<string, OperatorRule> OnConstants = ConstantRules.All.Concat(ConstantShapes.All).ToDictionary();

    private static readonly Dictionary<string, OperatorRule> OnLayers = ConvolutionRules.All.Concat(PoolingRules.All).Concat(DenseRules.All).Concat(NormalisationRules.All)
        .Concat(ActivationRules.All).Concat(ElementwiseRules.All).Concat(JoinRules.All).Concat(ViewRules.All).ToDictionary();

    /// <summary>The operators that become layers, or no layer at all.</summary>
    public static IEnumerable<string> Known => OnLayers.Keys;

    /// <summary>The outputs of a node.</summary>
    /// <exception cref="NotDeclarableException">There is nothing like it in a spec.</exception>
    public static IReadOnlyList<Operand?> Run(NodeCall call, string domain)
    {
        if (domain is not ("" or "ai.onnx"))
            throw new NotDeclarableException("it is an operator of its own domain", "export the model with ONNX's own operators");
        var isConstant = call.Inputs.All(input => input is null or Operand.Constant);
        if (isConstant && OnConstants.TryGetValue(call.Operator, out var fold))
            return fold(call);
        return OnLayers.TryGetValue(call.Operator, out var rule) ? rule(call) : throw Unknown(call.Operator);
    }

    private static NotDeclarableException Unknown(string name) => name switch
    {
        _ when name.StartsWith("QLinear", StringComparison.Ordinal) || name.EndsWith("Integer", StringComparison.Ordinal) || name.Contains("QuantizeLinear", StringComparison.Ordinal) =>
            new("it computes with quantised values", "import the model as it was before it was quantised"),
        "LSTM" or "GRU" or "RNN" => new("it is recurrent", "a spec declares networks that go forward once"),
        "If" or "Loop" or "Scan" or "SequenceMap" => new("it decides while it runs what is computed", "export the model with its control flow unrolled"),
        "Attention" or "MultiHeadAttention" or "LayerNormalization" or "RMSNormalization" or "RotaryEmbedding" or "Einsum" => new("it is a part of attention", "a spec declares convolutional networks; attention has no deconvnet"),
        "ConvTranspose" or "Resize" or "Upsample" or "DepthToSpace" or "MaxUnpool" or "GridSample" => new("it enlarges maps", "a spec's layers keep the size of maps or lessen it: export the part of the network before it"),
        _ => new("there is no kind of layer like it", "docs/import.md lists those there are: replace it in the model"),
    };
}
