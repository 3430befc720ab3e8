using ZfDecl.Interchange.Declared;
using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Problems;
using ZfDecl.Interchange.Tensors;
using ZfDecl.Interchange.Views;

namespace ZfDecl.Interchange.Onnx.Operators;

/// <summary>Products with a matrix of weights.</summary>
internal static class DenseRules
{
    public static IReadOnlyDictionary<string, OperatorRule> All { get; } = new Dictionary<string, OperatorRule> { ["Gemm"] = Gemm, ["MatMul"] = MatMul };

    private static IReadOnlyList<Operand?> Gemm(NodeCall call)
    {
        var (view, weights, bias) = (call.View(0), call.Constant(1, "weights"), call.Optional(2, "biases"));
        if (call.Int("transA", 0) != 0)
            throw new NotDeclarableException("it takes the transpose of what goes in", "a spec multiplies each image's units by the weights");
        var matrix = call.Int("transB", 0) != 0 ? weights.Values : weights.Values.Transposed(1, 0);      // [units, input units]
        var layer = Dense(call, view, matrix.Times(call.Float("alpha", 1)));
        if (bias is not null)
            layer.Weights["bias"] = Spread(bias.Values.Times(call.Float("beta", 1)), layer.Output.Maps);
        else
            layer.Keys["bias"] = false;
        return [new Operand.Activation(TensorView.Of(layer, layer.Output, view.Sizes[0]))];
    }

    private static IReadOnlyList<Operand?> MatMul(NodeCall call)
    {
        var (view, weights) = (call.View(0), call.Needed(1));
        if (weights is not Operand.Constant { Shape.Count: 2 } matrix)
            throw new NotDeclarableException(weights is Operand.Constant ? "its weights are no matrix" : "it multiplies two results of the image, as attention does", "a spec declares convolutional networks");
        if (view.Dimensions.Count == 4 && view.LiesAlong(1, Axis.Row) && view.LiesAlong(2, Axis.Column) && view.IsMaps(3) && !view.Shape.Flat)
            return Pointwise(call, view, matrix.Values);
        var layer = Dense(call, view, matrix.Values.Transposed(1, 0));
        layer.Keys["bias"] = false;
        return [new Operand.Activation(TensorView.Of(layer, layer.Output, view.Sizes[0]))];
    }

    /// <summary>A matrix on the maps of each position is a convolution of kernel 1.</summary>
    private static IReadOnlyList<Operand?> Pointwise(NodeCall call, TensorView view, TensorSource matrix)
    {
        var maps = (int)matrix.Shape[1];
        var layer = call.Layer("conv", [view.Source], view.Shape with { Maps = maps }, ("maps", maps), ("kernel", 1), ("bias", false));
        layer.Weights["weight"] = matrix.Transposed(1, 0).Reshaped(maps, matrix.Shape[0], 1, 1);
        return [new Operand.Activation(view.WithMaps(layer, 3))];
    }

    private static DraftLayer Dense(NodeCall call, TensorView view, TensorSource matrix)
    {
        if (view.Dimensions.Count != 2 || view.Dimensions[0].Any(part => part.Axis != Axis.Batch) || view.Dimensions[1].Any(part => part.Axis == Axis.Batch))
            throw new NotDeclarableException($"it multiplies {view}", "a spec's dense layers take a row of units for each image: flatten before it");
        if (matrix.Shape is not [var units, var inputs] || inputs != view.Shape.Count)
            throw new NotDeclarableException($"its weights [{string.Join(", ", matrix.Shape)}] do not fit {view.Shape.Count:N0} units", "give the image its size with -p:Size=, or check the model");
        var layer = call.Layer("dense", [view.Source], new((int)units, 1, 1, Flat: true), ("units", units));
        layer.Weights["weight"] = InOrder(matrix, view);
        return layer;
    }

    /// <summary>The columns in the order of maps, rows and columns, which may be another one in the model.</summary>
    private static TensorSource InOrder(TensorSource matrix, TensorView view)
    {
        var parts = view.Dimensions[1];
        int[] order = [.. Enumerable.Range(0, parts.Count).OrderBy(i => parts[i].Axis).ThenByDescending(i => parts[i].Stride)];
        return order.SequenceEqual(Enumerable.Range(0, parts.Count)) ? matrix
            : matrix.Reshaped([matrix.Shape[0], .. parts.Select(part => part.Size)]).Transposed([0, .. order.Select(i => i + 1)]).Reshaped(matrix.Shape);
    }

    private static TensorSource Spread(TensorSource bias, int units) => bias.Count == units ? bias.Reshaped(units)
        : bias.Count == 1 ? new FilledTensor(bias.ToDoubles()[0], units)
        : throw new NotDeclarableException($"it adds [{string.Join(", ", bias.Shape)}]", "a spec adds one value to each unit");
}
