using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Problems;
using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Onnx.Operators;

/// <summary>Constants made, reshaped, taken apart and put together.</summary>
internal static class ConstantShapes
{
    private const long MostValues = 1 << 24;

    public static IReadOnlyDictionary<string, OperatorRule> All { get; } = new Dictionary<string, OperatorRule>
    {
        ["Constant"] = Constant,
        ["ConstantOfShape"] = Fill,
        ["Shape"] = call => ViewRules.All["Shape"](call),
        ["Size"] = call => ViewRules.All["Size"](call),
        ["Reshape"] = Reshape,
        ["Flatten"] = Flatten,
        ["Transpose"] = Transpose,
        ["Squeeze"] = Squeeze,
        ["Unsqueeze"] = Unsqueeze,
        ["Concat"] = Concat,
        ["Gather"] = Gather,
        ["Slice"] = Slice,
        ["Expand"] = Expand,
        ["Range"] = call => [Sequence(call)],
        ["ReduceProd"] = call => [Reduce(call, 1, (a, b) => a * b)],
        ["ReduceSum"] = call => [Reduce(call, 0, (a, b) => a + b)],
    };

    public static long Size(IReadOnlyList<long> shape) => TensorSource.Product(shape) is var size && size <= MostValues && shape.All(side => side >= 0) ? size
        : throw new NotDeclarableException($"it makes [{string.Join(", ", shape)}] constants", "export the model with its constants folded");

    /// <summary>The place in a tensor of the value that stands at a place of a larger one, whose dimensions repeat those of 1.</summary>
    public static int Place(long index, long[] shape, long[] own)
    {
        var (place, stride) = (0L, 1L);
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            place += own[axis] == 1 ? 0 : index % shape[axis] * stride;
            stride *= own[axis];
            index /= shape[axis];
        }
        return (int)place;
    }

    /// <summary>The places that a slice takes of so many.</summary>
    public static int[] Range(double begin, double end, double step, long count)
    {
        if (step == 0)
            throw new NotDeclarableException("it goes on by 0", "check the model");
        var (first, last) = (Clamped(begin), Clamped(end));
        return [.. step > 0 ? Taken(first, place => place < last) : Taken(first, place => place > last)];

        double Clamped(double place) => step > 0 ? Math.Clamp(place < 0 ? place + count : place, 0, count) : Math.Clamp(place < 0 ? place + count : place, -1, count - 1);

        IEnumerable<int> Taken(double from, Func<double, bool> isIn)
        {
            for (var place = from; isIn(place); place += step)
                yield return (int)place;
        }
    }

    private static IReadOnlyList<Operand?> Constant(NodeCall call)
    {
        if (call.Attribute("value") is { T: { } tensor })
            return [call.Graph.Constant(tensor)];
        foreach (var (name, isInteger) in new[] { ("value_int", true), ("value_float", false), ("value_ints", true), ("value_floats", false) })
        {
            if (call.Attribute(name) is not { } attribute)
                continue;
            double[] values = name switch { "value_int" => [attribute.I], "value_float" => [attribute.F], "value_ints" => [.. attribute.Ints], _ => [.. attribute.Floats] };
            return [Operand.Constant.Of(values, name.EndsWith('s') ? [values.Length] : [], isInteger)];
        }
        throw new NotDeclarableException("it is no tensor of numbers", "weights are numbers: export the model without sparse tensors and texts");
    }

    private static IReadOnlyList<Operand?> Fill(NodeCall call)
    {
        var (value, isInteger) = call.Attribute("value") is { T: { } tensor } && call.Graph.Constant(tensor) is Operand.Constant one ? (one.Numbers[0], one.IsInteger) : (0.0, false);
        long[] shape = [.. call.Constant(0, "shape").Numbers.Select(side => (long)side)];
        if (shape.Any(side => side < 0) || shape.Where(side => side > 0).Aggregate(1.0, (count, side) => count * side) > Array.MaxLength)
            throw new NotDeclarableException($"it makes a tensor [{string.Join(", ", shape)}]", "check the model");
        return [new Operand.Constant(new FilledTensor(value, shape), isInteger)];
    }

    private static IReadOnlyList<Operand?> Reshape(NodeCall call) =>
        [Changed(call, x => x.Reshaped(ViewRules.Resolved(call.IntsOrInput("shape", 1) ?? [], [.. x.Shape], call.Int("allowzero", 0) != 0)))];

    private static IReadOnlyList<Operand?> Flatten(NodeCall call) => [Changed(call, x =>
    {
        var outer = TensorSource.Product(x.Shape.Take((int)call.Int("axis", 1)));
        return x.Reshaped(outer, outer == 0 ? 0 : x.Count / outer);
    })];

    private static IReadOnlyList<Operand?> Transpose(NodeCall call) =>
        [Changed(call, x => x.Transposed(call.Ints("perm") is { } order ? [.. order.Select(axis => NodeCall.Axis(axis, x.Shape.Count))] : [.. Enumerable.Range(0, x.Shape.Count).Reverse()]))];

    private static IReadOnlyList<Operand?> Squeeze(NodeCall call) => [Changed(call, x =>
    {
        var without = call.IntsOrInput("axes", 1)?.Select(axis => NodeCall.Axis(axis, x.Shape.Count)).ToHashSet();
        return x.Reshaped([.. x.Shape.Where((side, axis) => without is null ? side != 1 : !without.Contains(axis))]);
    })];

    private static IReadOnlyList<Operand?> Unsqueeze(NodeCall call) => [Changed(call, x =>
    {
        var axes = call.IntsOrInput("axes", 1) ?? [];
        var rank = x.Shape.Count + axes.Length;
        var (at, kept) = (axes.Select(axis => NodeCall.Axis(axis, rank)).ToHashSet(), new Queue<long>(x.Shape));
        return x.Reshaped([.. Enumerable.Range(0, rank).Select(axis => at.Contains(axis) ? 1 : kept.Dequeue())]);
    })];

    private static IReadOnlyList<Operand?> Concat(NodeCall call)
    {
        Operand.Constant[] parts = [.. call.Inputs.Select((_, i) => call.Constant(i, "values"))];
        var axis = NodeCall.Axis(call.Int("axis", 0), parts[0].Shape.Count);
        var (outer, numbers) = (TensorSource.Product(parts[0].Shape.Take(axis)), parts.Select(part => part.Numbers).ToArray());
        var values = Enumerable.Range(0, (int)outer).SelectMany(i => numbers.SelectMany(part => part.AsSpan((int)(i * part.Length / outer), (int)(part.Length / outer)).ToArray()));
        return [Operand.Constant.Of([.. values], [.. parts[0].Shape.Select((side, i) => i == axis ? parts.Sum(part => part.Shape[axis]) : side)], parts[0].IsInteger)];
    }

    private static IReadOnlyList<Operand?> Gather(NodeCall call)
    {
        var (x, indices) = (call.Constant(0, "values"), call.Constant(1, "indices"));
        var axis = NodeCall.Axis(call.Int("axis", 0), x.Shape.Count);
        int[] taken = [.. indices.Numbers.Select(index => NodeCall.Axis((long)index, (int)x.Shape[axis]))];
        return [Taken(x, axis, taken, [.. x.Shape.Take(axis), .. indices.Shape, .. x.Shape.Skip(axis + 1)])];
    }

    private static IReadOnlyList<Operand?> Slice(NodeCall call)
    {
        var x = call.Constant(0, "values");
        var (begins, ends) = (call.IntsOrInput("starts", 1) ?? [], call.IntsOrInput("ends", 2) ?? []);
        var (axes, steps) = (call.IntsOrInput("axes", 3) ?? [.. Enumerable.Range(0, begins.Length).Select(i => (long)i)], call.IntsOrInput("steps", 4));
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = NodeCall.Axis(axes[i], x.Shape.Count);
            var taken = Range(begins[i], ends[i], steps?[i] ?? 1, x.Shape[axis]);
            x = Taken(x, axis, taken, [.. x.Shape.Select((side, at) => at == axis ? taken.Length : side)]);
        }
        return [x];
    }

    private static Operand.Constant Taken(Operand.Constant x, int axis, int[] taken, long[] shape)
    {
        var (numbers, side, inner) = (x.Numbers, (int)x.Shape[axis], (int)TensorSource.Product(x.Shape.Skip(axis + 1)));
        var values = new double[Size(shape)];
        for (var i = 0; i < values.Length; i++)
            values[i] = numbers[((i / inner / taken.Length * side) + taken[i / inner % taken.Length]) * inner + i % inner];
        return Operand.Constant.Of(values, shape, x.IsInteger);
    }

    private static IReadOnlyList<Operand?> Expand(NodeCall call)
    {
        var (x, wanted) = (call.Constant(0, "values"), call.Constant(1, "shape").Numbers);
        var rank = Math.Max(x.Shape.Count, wanted.Length);
        long[] own = [.. Enumerable.Repeat(1L, rank - x.Shape.Count), .. x.Shape], asked = [.. Enumerable.Repeat(1L, rank - wanted.Length), .. wanted.Select(side => (long)side)];
        long[] shape = [.. own.Zip(asked, Math.Max)];
        var (numbers, values) = (x.Numbers, new double[Size(shape)]);
        for (var i = 0; i < values.Length; i++)
            values[i] = numbers[Place(i, shape, own)];
        return [Operand.Constant.Of(values, shape, x.IsInteger)];
    }

    private static Operand.Constant Sequence(NodeCall call)
    {
        var (begin, end, step) = (call.Constant(0, "begin").Numbers[0], call.Constant(1, "end").Numbers[0], call.Constant(2, "step"));
        var count = Size([(long)Math.Max(0, Math.Ceiling((end - begin) / step.Numbers[0]))]);
        return Operand.Constant.Of([.. Enumerable.Range(0, (int)count).Select(i => begin + i * step.Numbers[0])], [count], step.IsInteger);
    }

    private static Operand.Constant Reduce(NodeCall call, double none, Func<double, double, double> join)
    {
        var x = call.Constant(0, "values");
        if (call.IntsOrInput("axes", 1) is { } axes && axes.Length < x.Shape.Count)
            throw new NotDeclarableException("it reduces constants over some axes", "export the model with its constants folded");
        return Operand.Constant.Of([x.Numbers.Aggregate(none, join)], call.Int("keepdims", 1) != 0 ? [.. x.Shape.Select(_ => 1L)] : [], x.IsInteger);
    }

    private static Operand.Constant Changed(NodeCall call, Func<TensorSource, TensorSource> change)
    {
        var x = call.Constant(0, "values");
        return x with { Values = change(x.Values) };
    }
}
