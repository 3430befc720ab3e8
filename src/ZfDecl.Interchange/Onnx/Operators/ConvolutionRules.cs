using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Problems;
using ZfDecl.Interchange.Views;

namespace ZfDecl.Interchange.Onnx.Operators;

/// <summary>Convolutions, and zeros around maps.</summary>
internal static class ConvolutionRules
{
    public static IReadOnlyDictionary<string, OperatorRule> All { get; } = new Dictionary<string, OperatorRule> { ["Conv"] = Convolve, ["Pad"] = Pad };

    private static IReadOnlyList<Operand?> Convolve(NodeCall call)
    {
        var (view, weights, bias) = (call.Maps(0), call.Constant(1, "filters"), call.Optional(2, "biases"));
        if (weights.Shape is not [var maps, var perGroup, var height, var width])
            throw new NotDeclarableException($"its filters are [{string.Join(", ", weights.Shape)}]", "a spec's convolutions have two dimensions");
        var groups = call.Int("group", 1);
        if (groups < 1 || perGroup * groups != view.Shape.Maps || maps % groups != 0)
            throw new NotDeclarableException($"its filters [{string.Join(", ", weights.Shape)}] in {groups} groups do not fit {view.Shape.Maps} maps", "check the model");
        if (call.Ints("kernel_shape") is { } kernel && !kernel.AsSpan().SequenceEqual([height, width]))
            throw new NotDeclarableException("its kernel_shape is not that of its filters", "check the model");
        var window = SlidingWindow.Of(call, height, width);
        var layer = call.Layer("conv", [view.Source], window.Output(view.Shape, (int)maps), [("maps", maps), .. window.Keys(isPool: false)]);
        if (groups > 1)
            layer.Keys["groups"] = groups;
        layer.Weights["weight"] = weights.Values;
        if (bias is null)
            layer.Keys["bias"] = false;
        else
            layer.Weights["bias"] = bias.Values.Reshaped(maps);
        return [new Operand.Activation(TensorView.Of(layer, layer.Output, view.Sizes[0]))];
    }

    private static IReadOnlyList<Operand?> Pad(NodeCall call)
    {
        var mode = call.Text("mode", "constant");
        var pads = call.IntsOrInput(call.Has("paddings") ? "paddings" : "pads", 1) ?? throw new NotDeclarableException("it does not say how much", "check the model");
        var value = call.Opset >= 11 ? call.Optional(2, "value")?.Numbers.FirstOrDefault() ?? 0 : call.Float("value", 0);
        var view = call.View(0);
        if (call.Input(3) is not null)
            pads = Spread(pads, call.Constant(3, "axes").Numbers, view.Dimensions.Count, call);
        if (pads.All(pad => pad == 0))
            return [new Operand.Activation(view)];
        if (mode != "constant" || value != 0 || pads.Any(pad => pad < 0))
            throw new NotDeclarableException(pads.Any(pad => pad < 0) ? "it cuts off a part of the maps" : $"it adds {(mode == "constant" ? $"the value {value}" : $"a border by the rule '{mode}'")}", "a spec adds zeros alone: replace it in the model");
        var rank = view.Dimensions.Count;
        var sides = new Dictionary<Axis, (long Before, long Behind)>();
        for (var dimension = 0; dimension < rank; dimension++)
        {
            if ((pads[dimension], pads[dimension + rank]) is var (before, behind) && before + behind == 0)
                continue;
            if (view.AxisOf(dimension) is not { } axis || axis is not (Axis.Row or Axis.Column))
                throw new NotDeclarableException("it adds something else than rows and columns", "a spec adds zeros around maps alone");
            sides[axis] = (before, behind);
        }
        var ((top, bottom), (left, right)) = (sides.GetValueOrDefault(Axis.Row), sides.GetValueOrDefault(Axis.Column));
        var shape = view.Shape with { Height = (int)(view.Shape.Height + top + bottom), Width = (int)(view.Shape.Width + left + right) };
        var layer = call.Layer("pad", [view.Source], shape, ("padding", SlidingWindow.Sides(top, left, bottom, right)));
        return [new Operand.Activation(view.Enlarged(layer))];
    }

    private static long[] Spread(long[] pads, double[] axes, int rank, NodeCall call)
    {
        var all = new long[2 * rank];
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = NodeCall.Axis((long)axes[i], rank);
            (all[axis], all[axis + rank]) = (pads[i], pads[i + axes.Length]);
        }
        return all;
    }
}
