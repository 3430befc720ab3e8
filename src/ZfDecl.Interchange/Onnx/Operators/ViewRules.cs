using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Problems;
using ZfDecl.Interchange.Views;

namespace ZfDecl.Interchange.Onnx.Operators;

/// <summary>What changes how values lie and nothing else: no layer.</summary>
internal static class ViewRules
{
    public static IReadOnlyDictionary<string, OperatorRule> All { get; } = new Dictionary<string, OperatorRule>
    {
        ["Identity"] = call => [call.Needed(0)],
        ["Cast"] = call => [call.Needed(0)],
        ["Transpose"] = Transpose,
        ["Flatten"] = Flatten,
        ["Reshape"] = Reshape,
        ["Squeeze"] = Squeeze,
        ["Unsqueeze"] = Unsqueeze,
        ["Shape"] = Shape,
        ["Size"] = call => [Operand.Constant.Of([SizesOf(call).Aggregate(1.0, (count, size) => count * size)], [], isInteger: true)],
    };

    /// <summary>A view whose maps are all there is in a dimension: a row of units where that one runs through rows and columns too.</summary>
    public static TensorView Units(NodeCall call, TensorView view, int dimension) =>
        view.Dimensions.Count == 2 && (dimension < 0 || dimension == 1) && view.MapsOf(1) is null ? Flattened(call, view) : view;

    /// <summary>A row of units of feature maps, each where it lay before.</summary>
    public static TensorView Flattened(NodeCall call, TensorView view)
    {
        if (view.Dimensions.Count != 2)
            throw new NotDeclarableException($"it takes {view}", "a spec flattens maps to a row of units");
        var layer = call.Graph.Add("flatten", null, [view.Source], new(checked((int)view.Shape.Count), 1, 1, Flat: true));
        return view.FlattenedTo(layer);
    }

    private static IReadOnlyList<Operand?> Transpose(NodeCall call)
    {
        var rank = SizesOf(call).Length;
        int[] order = call.Ints("perm") is { } given ? [.. given.Select(axis => NodeCall.Axis(axis, rank))] : [.. Enumerable.Range(0, rank).Reverse()];
        if (order.Distinct().Count() != rank)
            throw new NotDeclarableException($"it transposes {rank} axes by [{string.Join(", ", order)}]", "check the model");
        return [Changed(call, view => view.Transposed(order))];
    }

    private static IReadOnlyList<Operand?> Flatten(NodeCall call)
    {
        var sizes = SizesOf(call);
        var axis = call.Int("axis", 1) is var given && given < 0 ? given + sizes.Length : given;
        return [Changed(call, view => view.Reshaped([sizes.Take((int)axis).Aggregate(1L, (size, one) => size * one), sizes.Skip((int)axis).Aggregate(1L, (size, one) => size * one)]))];
    }

    private static IReadOnlyList<Operand?> Reshape(NodeCall call)
    {
        var (sizes, wanted) = (SizesOf(call), call.IntsOrInput("shape", 1) ?? []);
        return [Changed(call, view => view.Reshaped(Resolved(wanted, sizes, call.Int("allowzero", 0) != 0)))];
    }

    /// <summary>A shape with what stands for other numbers filled in: 0 for the size there is, −1 for what is left.</summary>
    public static long[] Resolved(long[] wanted, long[] sizes, bool allowZero)
    {
        long[] known = [.. wanted.Select((size, i) => size == 0 && !allowZero ? i < sizes.Length ? sizes[i] : throw Wrong() : size)];
        var (all, given) = (sizes.Aggregate(1L, (count, size) => count * size), known.Where(size => size != -1).Aggregate(1L, (count, size) => checked(count * size)));
        if (known.Any(size => size < -1) || known.Count(size => size == -1) > 1 || (known.Contains(-1) ? given == 0 || all % given != 0 : given != all))
            throw Wrong();
        return [.. known.Select(size => size == -1 ? all / given : size)];

        NotDeclarableException Wrong() => new($"it reshapes [{string.Join(", ", sizes)}] to [{string.Join(", ", wanted)}]", "give the image its size with -p:Size=, or check the model");
    }

    private static IReadOnlyList<Operand?> Squeeze(NodeCall call)
    {
        var sizes = SizesOf(call);
        var axes = call.IntsOrInput("axes", 1)?.Select(axis => NodeCall.Axis(axis, sizes.Length)) ?? sizes.Index().Where(size => size.Item == 1).Select(size => size.Index);
        var without = axes.ToHashSet();
        return [Changed(call, view => view.Squeezed(without))];
    }

    private static IReadOnlyList<Operand?> Unsqueeze(NodeCall call)
    {
        var axes = call.IntsOrInput("axes", 1) ?? throw new NotDeclarableException("it does not say where", "check the model");
        var at = axes.Select(axis => NodeCall.Axis(axis, SizesOf(call).Length + axes.Length)).ToHashSet();
        return [Changed(call, view => view.Unsqueezed(at))];
    }

    private static IReadOnlyList<Operand?> Shape(NodeCall call)
    {
        var sizes = SizesOf(call);
        var part = ConstantShapes.Range(call.Int("start", 0), call.Int("end", sizes.Length), 1, sizes.Length);
        return [Operand.Constant.Of([.. part.Select(i => (double)sizes[i])], [part.Length], isInteger: true)];
    }

    private static long[] SizesOf(NodeCall call) => call.Needed(0) switch
    {
        Operand.Activation { View: var view } => view.Sizes,
        Operand.Image { View: var view } => view.Sizes,
        Operand.Constant constant => [.. constant.Shape],
        _ => [],
    };

    private static Operand Changed(NodeCall call, Func<TensorView, TensorView> change) => call.Needed(0) switch
    {
        Operand.Activation { View: var view } => new Operand.Activation(change(view)),
        Operand.Image image => image with { View = change(image.View) },
        var other => other,
    };
}
