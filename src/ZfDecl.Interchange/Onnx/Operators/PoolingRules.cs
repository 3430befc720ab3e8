using ZfDecl.Interchange.Declared;
using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Problems;
using ZfDecl.Interchange.Views;

namespace ZfDecl.Interchange.Onnx.Operators;

/// <summary>Poolings over windows and over whole maps.</summary>
internal static class PoolingRules
{
    public static IReadOnlyDictionary<string, OperatorRule> All { get; } = new Dictionary<string, OperatorRule>
    {
        ["MaxPool"] = call => Pool(call, "maxpool"),
        ["AveragePool"] = call => Pool(call, "avgpool"),
        ["GlobalMaxPool"] = call => Whole(call, "maxpool", call.Maps(0)),
        ["GlobalAveragePool"] = call => Whole(call, "avgpool", call.Maps(0)),
        ["ReduceMean"] = call => Reduce(call, "avgpool"),
        ["ReduceMax"] = call => Reduce(call, "maxpool"),
    };

    private static IReadOnlyList<Operand?> Pool(NodeCall call, string kind)
    {
        if (call.IsRead(1))
            throw new NotDeclarableException("the positions of its maxima are read", "a spec keeps them for the deconvnet alone");
        if (call.Ints("kernel_shape") is not [var height, var width])
            throw new NotDeclarableException("its window has not two dimensions", "a spec pools over rows and columns");
        var view = call.Maps(0);
        var window = SlidingWindow.Of(call, height, width);
        var layer = call.Layer(kind, [view.Source], window.Output(view.Shape, view.Shape.Maps), [.. window.Keys(isPool: true)]);
        if (kind == "avgpool" && call.Int("count_include_pad", 0) == 0 && layer.Keys.ContainsKey("padding"))
            layer.Keys["count-padding"] = false;
        return [new Operand.Activation(TensorView.Of(layer, layer.Output, view.Sizes[0]))];
    }

    private static IReadOnlyList<Operand?> Whole(NodeCall call, string kind, TensorView view)
    {
        var layer = call.Layer(kind, [view.Source], new(view.Shape.Maps, 1, 1), ("kernel", "all"));
        return [new Operand.Activation(TensorView.Of(layer, layer.Output, view.Sizes[0]))];
    }

    private static IReadOnlyList<Operand?> Reduce(NodeCall call, string kind)
    {
        var view = call.View(0);
        var rank = view.Dimensions.Count;
        if (call.IntsOrInput("axes", 1) is not { } given)
            throw new NotDeclarableException("it reduces over all axes, images and maps too", "a spec reduces over the rows and columns of maps");
        var axes = given.Select(axis => NodeCall.Axis(axis, rank)).ToHashSet();
        var (height, width) = (Reduced(Axis.Row), Reduced(Axis.Column));
        // All rows, all columns, or both: what is not reduced is kept as it is.
        if (view.Shape.Flat || (height == 1 && width == 1 && axes.Any(axis => view.Dimensions[axis].Count > 0)) || (height != 1 && height != view.Shape.Height) || (width != 1 && width != view.Shape.Width)
            || axes.Any(axis => view.Dimensions[axis].Any(part => part.Axis is not (Axis.Row or Axis.Column))))
            throw new NotDeclarableException($"it reduces {view} over the axes {string.Join(", ", given)}", "a spec reduces over the rows or the columns of maps, or both");
        var isWhole = height == view.Shape.Height && width == view.Shape.Width;
        var shape = new DraftShape(view.Shape.Maps, view.Shape.Height / (int)height, view.Shape.Width / (int)width);
        object kernel = isWhole ? "all" : new[] { height, width };
        var layer = call.Layer(kind, [view.Source], shape, ("kernel", kernel));
        var pooled = view.Shrunk(layer, axes);
        return [new Operand.Activation(call.Int("keepdims", 1) != 0 ? pooled : pooled.Squeezed(axes))];

        long Reduced(Axis along) => axes.SelectMany(axis => view.Dimensions[axis]).Where(part => part.Axis == along).Aggregate(1L, (size, part) => size * part.Size);
    }
}
