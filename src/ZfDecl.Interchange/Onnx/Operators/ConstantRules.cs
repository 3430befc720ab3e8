using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Problems;

namespace ZfDecl.Interchange.Onnx.Operators;

/// <summary>Arithmetic on what is known without an image, such as the shape before a reshape, worked out number by number.</summary>
internal static class ConstantRules
{
    public static IReadOnlyDictionary<string, OperatorRule> All { get; } = new Dictionary<string, OperatorRule>
    {
        ["Add"] = Of((a, b) => a + b),
        ["Sub"] = Of((a, b) => a - b),
        ["Mul"] = Of((a, b) => a * b),
        ["Div"] = Divide,
        ["Pow"] = Of(Math.Pow),
        ["Mod"] = Of((a, b) => a - b * Math.Floor(a / b)),
        ["Min"] = Of(Math.Min),
        ["Max"] = Of(Math.Max),
        ["Sum"] = Of((a, b) => a + b),
        ["Equal"] = Of((a, b) => a == b ? 1 : 0),
        ["Greater"] = Of((a, b) => a > b ? 1 : 0),
        ["Less"] = Of((a, b) => a < b ? 1 : 0),
        ["Sqrt"] = Of((double a) => Math.Sqrt(a)),
        ["Reciprocal"] = Of(a => 1 / a),
        ["Neg"] = Of(a => -a),
        ["Abs"] = Of((double a) => Math.Abs(a)),
        ["Exp"] = Of((double a) => Math.Exp(a)),
        ["Log"] = Of((double a) => Math.Log(a)),
        ["Not"] = Of(a => a == 0 ? 1 : 0),
        ["Floor"] = Of((double a) => Math.Floor(a)),
        ["Ceil"] = Of((double a) => Math.Ceiling(a)),
        ["Cast"] = Cast,
        ["Where"] = Where,
        ["Identity"] = call => [call.Inputs[0]],
        ["Dropout"] = call => [call.Inputs[0], null],
    };

    private static OperatorRule Of(Func<double, double> function) => call =>
    {
        var x = call.Constant(0, "values");
        return [Operand.Constant.Of(Array.ConvertAll(x.Numbers, value => function(value)), x.Shape, x.IsInteger)];
    };

    private static OperatorRule Of(Func<double, double, double> function) => call => [Fold(call, function)];

    private static IReadOnlyList<Operand?> Divide(NodeCall call) =>
        [Fold(call, call.Constant(0, "values").IsInteger ? (a, b) => b == 0 ? throw new DivideByZeroException() : Math.Truncate(a / b) : (a, b) => a / b)];

    private static Operand.Constant Fold(NodeCall call, Func<double, double, double> function) =>
        call.Inputs.Select((_, i) => call.Constant(i, "values")).Aggregate((a, b) => Together(a, b, function, a.IsInteger && b.IsInteger));

    private static IReadOnlyList<Operand?> Where(NodeCall call)
    {
        var (condition, yes, no) = (call.Constant(0, "condition"), call.Constant(1, "values"), call.Constant(2, "values"));
        var marked = Together(condition, yes, (is1, value) => is1 != 0 ? value : double.NaN, yes.IsInteger);
        return [Together(marked, no, (value, other) => double.IsNaN(value) ? other : value, yes.IsInteger)];
    }

    private static IReadOnlyList<Operand?> Cast(NodeCall call)
    {
        var x = call.Constant(0, "values");
        var toInteger = call.Int("to", 1) is 2 or 3 or 4 or 5 or 6 or 7 or 9 or 12 or 13;
        return [toInteger == x.IsInteger ? x : toInteger ? Operand.Constant.Of(Array.ConvertAll(x.Numbers, Math.Truncate), x.Shape, true) : x with { IsInteger = false }];
    }

    /// <summary>Joins two tensors value by value; a dimension of 1 is repeated.</summary>
    private static Operand.Constant Together(Operand.Constant a, Operand.Constant b, Func<double, double, double> function, bool isInteger)
    {
        var rank = Math.Max(a.Shape.Count, b.Shape.Count);
        long[] one = Padded(a.Shape), other = Padded(b.Shape);
        if (one.Zip(other).Any(pair => pair.First != pair.Second && pair.First != 1 && pair.Second != 1))
            throw new NotDeclarableException($"it joins [{string.Join(", ", a.Shape)}] with [{string.Join(", ", b.Shape)}]", "check the model");
        long[] shape = [.. one.Zip(other, (x, y) => x == 1 ? y : x)];
        var (left, right) = (a.Numbers, b.Numbers);
        var values = new double[ConstantShapes.Size(shape)];
        for (var i = 0; i < values.Length; i++)
            values[i] = function(left[ConstantShapes.Place(i, shape, one)], right[ConstantShapes.Place(i, shape, other)]);
        return Operand.Constant.Of(values, shape, isInteger);

        long[] Padded(IReadOnlyList<long> sizes) => [.. Enumerable.Repeat(1L, rank - sizes.Count), .. sizes];
    }
}
