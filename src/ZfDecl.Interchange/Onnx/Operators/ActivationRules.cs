using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Problems;

namespace ZfDecl.Interchange.Onnx.Operators;

/// <summary>Rectifications and their like.</summary>
internal static class ActivationRules
{
    public static IReadOnlyDictionary<string, OperatorRule> All { get; } = new Dictionary<string, OperatorRule>
    {
        ["Relu"] = call => [call.Pointwise("relu")],
        ["Sigmoid"] = call => [call.Pointwise("sigmoid")],
        ["Tanh"] = call => [call.Pointwise("tanh")],
        ["HardSwish"] = call => [call.Pointwise("hardswish")],
        ["Swish"] = call => call.Float("alpha", 1) == 1 ? [call.Pointwise("silu")] : throw new NotDeclarableException("its alpha is not 1", "a spec's silu has none"),
        ["Elu"] = call => [Elu(call, call.Float("alpha", 1))],
        ["Selu"] = Selu,
        ["LeakyRelu"] = call => [Leaky(call, call.Float("alpha", 0.01))],
        ["PRelu"] = PRelu,
        ["Clip"] = Clip,
        ["HardSigmoid"] = HardSigmoid,
    };

    private static Operand Elu(NodeCall call, double alpha) =>
        alpha > 0 ? alpha == 1 ? call.Pointwise("elu") : call.Pointwise("elu", ("alpha", alpha)) : throw new NotDeclarableException($"its alpha is {alpha}", "a spec's elu has one above 0");

    private static IReadOnlyList<Operand?> Selu(NodeCall call)
    {
        var rectified = (Operand.Activation)Elu(call, call.Float("alpha", 1.6732632));
        return [new Operand.Activation(ElementwiseRules.Affine(call, rectified.View, [call.Float("gamma", 1.050701)], [0]))];
    }

    private static Operand Leaky(NodeCall call, double slope) => slope == 0 ? call.Pointwise("relu")
        : slope is > 0 and < 1 ? call.Pointwise("relu", ("slope", slope))
        : throw new NotDeclarableException($"its slope is {slope}", "a spec's relu has one from 0 to 1; a trained one, PRelu, may be any");

    private static IReadOnlyList<Operand?> PRelu(NodeCall call)
    {
        var (view, slopes) = (call.View(0), call.Constant(1, "slopes"));
        if (slopes.Values.Count == 1 && NodeCall.Short((float)slopes.Numbers[0]) is >= 0 and < 1 and var one)
            return [Leaky(call, one)];
        view = ViewRules.Units(call, view, view.MapDimension);
        var layer = call.Layer("prelu", [view.Source], view.Shape);
        layer.Weights["weight"] = ElementwiseRules.OfMaps(slopes.Values, view);
        return [new Operand.Activation(view.From(layer))];
    }

    private static IReadOnlyList<Operand?> Clip(NodeCall call)
    {
        var least = call.Opset >= 11 ? Bound(1, double.NegativeInfinity) : call.Float("min", double.NegativeInfinity);
        var most = call.Opset >= 11 ? Bound(2, double.PositiveInfinity) : call.Float("max", double.PositiveInfinity);
        if (least < -1e38 && most > 1e38)
            return [new Operand.Activation(call.View(0))];
        if (least != 0 || !(most > 0))
            throw new NotDeclarableException($"it cuts values down to {least} … {most}", "a spec's relu begins at 0");
        return [most > 1e38 ? call.Pointwise("relu") : call.Pointwise("relu", ("ceiling", most))];

        double Bound(int input, double none) => call.Optional(input, "bounds")?.Numbers is [var bound] ? NodeCall.Short((float)bound) : none;
    }

    /// <summary>max(0, min(1, alpha · x + beta)): a fixed scale and shift, and a relu with a ceiling.</summary>
    private static IReadOnlyList<Operand?> HardSigmoid(NodeCall call)
    {
        var scaled = ElementwiseRules.Affine(call, call.View(0), [call.Float("alpha", 0.2)], [call.Float("beta", 0.5)]);
        return [new Operand.Activation(scaled.From(call.Graph.Add("relu", null, [scaled.Source], scaled.Shape, ("ceiling", 1.0))))];
    }
}
