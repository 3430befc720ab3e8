using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Problems;

namespace ZfDecl.Interchange.Onnx.Operators;

/// <summary>Normalisations, dropout and the softmax.</summary>
internal static class NormalisationRules
{
    public static IReadOnlyDictionary<string, OperatorRule> All { get; } = new Dictionary<string, OperatorRule>
    {
        ["BatchNormalization"] = BatchNorm,
        ["LRN"] = Lrn,
        ["Dropout"] = Dropout,
        ["Softmax"] = call => Softmax(call),
        ["LogSoftmax"] = LogSoftmax,
    };

    private static IReadOnlyList<Operand?> BatchNorm(NodeCall call)
    {
        if (call.Int("training_mode", 0) != 0 || call.Int("spatial", 1) == 0)
            throw new NotDeclarableException(call.Int("training_mode", 0) != 0 ? "it is exported for training" : "it has a mean for each position", "export the model for inference");
        var view = ViewRules.Units(call, call.View(0), 1);
        var layer = call.Layer("batchnorm", [view.Source], view.Shape);
        if (call.Float("momentum", 0.9) is var momentum && momentum != 0.9 && momentum is >= 0 and <= 1)
            layer.Keys["momentum"] = Math.Round(1 - momentum, 7);
        if (call.Float("epsilon", 1e-5) is var epsilon && epsilon != 1e-5)
            layer.Keys["epsilon"] = epsilon > 0 ? epsilon : throw new NotDeclarableException($"its epsilon is {epsilon}", "a spec divides by the root of the variance plus more than 0");
        string[] names = ["weight", "bias", "running_mean", "running_var"];
        for (var i = 0; i < names.Length; i++)
            layer.Weights[names[i]] = ElementwiseRules.OfMaps(call.Constant(i + 1, names[i]).Values, view, 1);
        return [new Operand.Activation(view.From(layer))];
    }

    private static IReadOnlyList<Operand?> Lrn(NodeCall call)
    {
        var view = call.Maps(0);
        (string, object)[] keys = [("size", call.Int("size", 1)), ("alpha", call.Float("alpha", 1e-4)), ("beta", call.Float("beta", 0.75)), ("k", call.Float("bias", 1))];
        return [new Operand.Activation(view.From(call.Layer("lrn", [view.Source], view.Shape, keys)))];
    }

    private static IReadOnlyList<Operand?> Dropout(NodeCall call)
    {
        if (call.IsRead(1))
            throw new NotDeclarableException("its mask is read", "export the model for inference");
        if (call.Optional(2, "mode")?.Numbers is [not 0])
            throw new NotDeclarableException("it drops units for good", "export the model for inference");
        var rate = call.Opset >= 12 ? call.Optional(1, "rate")?.Numbers.FirstOrDefault() is { } given ? NodeCall.Short((float)given) : 0.5 : call.Float("ratio", 0.5);
        return [rate is > 0 and < 1 ? call.Pointwise("dropout", ("rate", rate)) : call.Inputs[0], null];
    }

    private static IReadOnlyList<Operand?> LogSoftmax(NodeCall call)
    {
        var probabilities = Softmax(call);
        call.Graph.Remark("the model yields logarithms of probabilities (LogSoftmax); the network yields the probabilities themselves");
        return probabilities;
    }

    private static IReadOnlyList<Operand?> Softmax(NodeCall call)
    {
        var view = call.View(0);
        var axis = NodeCall.Axis(call.Int("axis", call.Opset < 13 ? 1 : -1), view.Dimensions.Count);
        // Before version 13 all dimensions from the axis on are one.
        var over = call.Opset < 13 ? view.Dimensions.Skip(axis).SelectMany(parts => parts).ToList() : [.. view.Dimensions[axis]];
        if (over.Any(part => part.Axis != Views.Axis.Map) || over.Aggregate(1L, (size, part) => size * part.Size) != view.Shape.Maps || view.Shape is not { Height: 1, Width: 1 })
            throw new NotDeclarableException($"it is a softmax of {view} within the network", "a spec has a softmax of the class scores alone, at its end");
        return [call.Pointwise("softmax")];
    }
}
