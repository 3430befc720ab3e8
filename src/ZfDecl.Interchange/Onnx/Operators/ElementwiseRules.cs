using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Problems;
using ZfDecl.Interchange.Tensors;
using ZfDecl.Interchange.Views;

namespace ZfDecl.Interchange.Onnx.Operators;

/// <summary>Sums and products, of several results and with constants.</summary>
internal static class ElementwiseRules
{
    public static IReadOnlyDictionary<string, OperatorRule> All { get; } = new Dictionary<string, OperatorRule>
    {
        ["Add"] = Sum,
        ["Sum"] = Sum,
        ["Sub"] = Sub,
        ["Mul"] = Mul,
        ["Div"] = Div,
        ["Neg"] = call => [Scale(call, 0, new ArrayTensor([-1]))],
        ["Max"] = call => Limit(call, isFloor: true),
        ["Min"] = call => Limit(call, isFloor: false),
    };

    private static IReadOnlyList<Operand?> Sum(NodeCall call)
    {
        if (call.Inputs.Count == 1)
            return [call.Inputs[0]];
        if (call.Inputs.Count == 2 && Other(call) is var (result, constant))
            return [Shift(call, result, constant)];
        TensorView[] summands = [.. call.Inputs.Select((_, i) => call.View(i))];
        return [Join(call, "add", summands)];
    }

    private static IReadOnlyList<Operand?> Sub(NodeCall call)
    {
        if (call.Input(1) is Operand.Constant constant)
            return [Shift(call, 0, constant.Values.Times(-1))];
        if (call.Input(0) is Operand.Constant from)
            return [Shift(call, Scale(call, 1, new ArrayTensor([-1])), from.Values)];
        return [Join(call, "add", [call.View(0), Affine(call, call.View(1), [-1], [0])])];
    }

    private static IReadOnlyList<Operand?> Mul(NodeCall call)
    {
        if (Other(call) is var (result, constant))
            return [Scale(call, result, constant)];
        var (first, second) = (call.View(0), call.View(1));
        return [first.Shape.Height * first.Shape.Width >= second.Shape.Height * second.Shape.Width ? Join(call, "mul", [first, second]) : Join(call, "mul", [second, first])];
    }

    private static IReadOnlyList<Operand?> Div(NodeCall call) => call.Input(1) is Operand.Constant by
        ? [Scale(call, 0, new ArrayTensor([.. by.Numbers.Select(value => 1 / value)], by.Shape))]
        : throw new NotDeclarableException("it divides by a result of the image", "a spec has no division of layers");

    /// <summary>The greater of x and 0, or the lesser of a rectified x and a ceiling.</summary>
    private static IReadOnlyList<Operand?> Limit(NodeCall call, bool isFloor)
    {
        if (Other(call) is not var (result, constant) || constant.Count != 1)
            throw new NotDeclarableException($"it takes the {(isFloor ? "greatest" : "least")} of several results", "a spec joins layers by add, mul and concat");
        var (limit, view) = (NodeCall.Short((float)constant.ToDoubles()[0]), call.View(result));
        var isRectified = view.Source is { Kind: "relu" } relu && relu.Number("slope", 0) == 0;
        if (isFloor ? limit != 0 : !isRectified || limit <= 0)
            throw new NotDeclarableException($"it cuts values off at {limit}", "a spec's relu begins at 0, and may have a ceiling");
        return [new Operand.Activation(view.From(call.Layer("relu", [isFloor ? view.Source : view.Source!.Inputs[0]], view.Shape, isFloor ? [] : [("ceiling", limit)])))];
    }

    /// <summary>Where one of two inputs is a constant: which is not, and the constant.</summary>
    private static (int Result, TensorSource Constant)? Other(NodeCall call) => (call.Input(0), call.Input(1)) switch
    {
        (Operand.Constant constant, not null) => (1, constant.Values),
        (not null, Operand.Constant constant) => (0, constant.Values),
        _ => null,
    };

    private static Operand Shift(NodeCall call, int result, TensorSource constant) => Shift(call, call.Needed(result), constant);

    private static Operand Shift(NodeCall call, Operand operand, TensorSource constant)
    {
        if (operand is Operand.Image image)
            return new Operand.Image(image.View, image.Preparation.Plus(OfImage(constant, image.View)));
        return OfLayer(call, operand, constant, (values, one) => Affine(call, values, [1], one));
    }

    private static Operand Scale(NodeCall call, int result, TensorSource constant)
    {
        if (call.Needed(result) is not Operand.Image image)
            return OfLayer(call, call.Needed(result), constant, (values, one) => Affine(call, values, one, [0]));
        var factors = OfImage(constant, image.View);
        return factors.Length == image.Preparation.Scale.Length ? new Operand.Image(image.View, image.Preparation.Times(factors)) : throw Varies();
    }

    private static Operand.Activation OfLayer(NodeCall call, Operand operand, TensorSource constant, Func<TensorView, double[], TensorView> make)
    {
        var view = call.Graph.ViewOf(operand);
        if (constant.Count == 1)
            return new Operand.Activation(make(view, constant.ToDoubles()));
        view = ViewRules.Units(call, view, view.MapDimension);
        return new Operand.Activation(make(view, OfMaps(constant, view).ToDoubles()));
    }

    /// <summary>A scale and a shift of each map: fixed where they are one number, as in a formula; trained where each map has its own.</summary>
    public static TensorView Affine(NodeCall call, TensorView view, double[] scale, double[] shift)
    {
        var layer = call.Layer("affine", [view.Source], view.Shape);
        (layer.Weights["weight"], layer.Weights["bias"]) = (Spread(scale), Spread(shift));
        if (scale.Length == 1 && shift.Length == 1)
            layer.Keys["trained"] = false;
        return view.From(layer);

        ArrayTensor Spread(double[] values) => new(values.Length == 1 ? [.. Enumerable.Repeat(values[0], view.Shape.Maps)] : values, view.Shape.Maps);
    }

    /// <summary>A constant that has one value a map, in the order of the maps.</summary>
    /// <param name="constant">Aligned with the last dimensions.</param>
    /// <param name="view">What it is joined with.</param>
    /// <param name="at">The dimension that it runs along, where it has but that.</param>
    public static TensorSource OfMaps(TensorSource constant, TensorView view, int? at = null)
    {
        var along = at ?? view.MapDimension;
        if (constant.Count == 1)
            return new FilledTensor(constant.ToDoubles()[0], view.Shape.Maps);
        if (along < 0 || view.MapsOf(along) is not { } maps || constant.Count != maps.Length || (at is null && constant.Shape.Reverse().ElementAtOrDefault(view.Dimensions.Count - 1 - along) != maps.Length))
            throw Varies();
        var (values, ordered) = (constant.ToDoubles(), new double[maps.Length]);
        for (var i = 0; i < maps.Length; i++)
            ordered[maps[i]] = values[i];
        return new ArrayTensor(ordered, maps.Length);
    }

    /// <summary>A constant for the image: one value a channel, or one a pixel, [C] or [C, H, W].</summary>
    private static double[] OfImage(TensorSource constant, TensorView view)
    {
        var values = constant.ToDoubles();
        if (values.Length == 1)
            return [.. Enumerable.Repeat(values[0], view.Shape.Maps)];
        if (values.Length == view.Shape.Maps)
            return OfMaps(constant, view).ToDoubles();
        var whole = view.Dimensions.Skip(1).SelectMany(parts => parts).ToList();
        if (values.Length != view.Shape.Count || whole.Count != whole.Select(part => part.Axis).Distinct().Count())
            throw Varies();
        int[] order = [.. Enumerable.Range(0, whole.Count).OrderBy(i => whole[i].Axis)];
        return constant.Reshaped([.. whole.Select(part => part.Size)]).Transposed(order).ToDoubles();
    }

    private static Operand.Activation Join(NodeCall call, string kind, TensorView[] views)
    {
        if (views.Any(view => view.Shape.Flat) && views.Any(view => !view.Shape.Flat) && kind == "add")
            views = [.. views.Select(view => view.Shape.Flat ? view : ViewRules.Flattened(call, view))];
        if (views.Skip(1).FirstOrDefault(view => !view.LiesAs(views[0]) && !(kind == "mul" && view.IsGateOf(views[0]))) is { } other)
            throw new NotDeclarableException($"it joins {views[0]} with {other}, which lie otherwise", "a spec adds and multiplies maps of one shape, or multiplies maps by one value each");
        return new Operand.Activation(views[0].From(call.Layer(kind, views.Select(view => view.Source), views[0].Shape)));
    }

    private static NotDeclarableException Varies() => new("its constants differ from position to position", "a spec's affine has one value a map");
}
