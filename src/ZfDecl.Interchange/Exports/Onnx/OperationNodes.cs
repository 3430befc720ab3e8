using ZfDecl.Generators.Model;

namespace ZfDecl.Interchange.Exports.Onnx;

/// <summary>What each operation is in ONNX. What no operator does is composed of several.</summary>
internal static class OperationNodes
{
    /// <summary>Writes the nodes of a layer.</summary>
    public static void Write(LayerNodes at, Operation operation)
    {
        switch (operation)
        {
            case Operation.Convolution of: WindowNodes.Convolve(at, of); break;
            case Operation.MaxPooling of: WindowNodes.Maximum(at, of); break;
            case Operation.AveragePooling of: WindowNodes.Average(at, of); break;
            case Operation.Pad of: at.Result("Pad", [at.X, at.Constant("pads", WindowNodes.OfPad(of.Sides)), at.Constant("zero", 0.0)]); break;
            case Operation.AcrossMaps of: NormalisationNodes.AcrossMaps(at, of); break;
            case Operation.WithinMaps of: NormalisationNodes.WithinMaps(at, of); break;
            case Operation.ContrastNormalisation of: NormalisationNodes.Contrast(at, of); break;
            case Operation.BatchNormalisation of: NormalisationNodes.Batch(at, of); break;
            case Operation.Affine: at.Result("Add", [at.Step("scale", "Mul", [at.X, at.PerMap("weight")]), at.PerMap("bias")]); break;
            case Operation.Relu of: Rectify(at, of); break;
            case Operation.Prelu: at.Result("PRelu", [at.X, at.PerMap("weight")]); break;
            case Operation.Elu of: at.Result("Elu", [at.X], ("alpha", (float)of.Alpha)); break;
            case Operation.Pointwise of: Apply(at, of.Function); break;
            case Operation.Dropout of: at.Result("Dropout", [at.X, at.Constant("rate", of.Rate)]); break;
            case Operation.Flatten: at.Result("Flatten", [at.X], ("axis", 1L)); break;
            case Operation.Dense of: Multiply(at, of); break;
            case Operation.Shuffle of: Shuffle(at, of.Groups); break;
            case Operation.Sum: at.Result(at.Inputs.Count == 2 ? "Add" : "Sum", at.Inputs); break;
            case Operation.Concatenation: at.Result("Concat", at.Inputs, ("axis", 1L)); break;
            case Operation.Product: Product(at); break;
            case Operation.Softmax: at.Result("Softmax", [at.X], ("axis", 1L)); break;
            default: throw new NotSupportedException($"{operation} has no form in ONNX");
        }
    }

    private static void Rectify(LayerNodes at, Operation.Relu of)
    {
        if (of.Ceiling is not { } most)
            at.Result(of.Slope > 0 ? "LeakyRelu" : "Relu", [at.X], of.Slope > 0 ? [("alpha", (float)of.Slope)] : []);
        else if (of.Slope == 0)
            at.Result("Clip", [at.X, at.Constant("least", 0.0), at.Constant("most", most)]);
        else
            at.Result("Min", [at.Step("leaky", "LeakyRelu", [at.X], ("alpha", (float)of.Slope)), at.Constant("most", most)]);
    }

    private static void Apply(LayerNodes at, PointwiseFunction function)
    {
        if (function == PointwiseFunction.Silu)
            at.Result("Mul", [at.X, at.Step("sigmoid", "Sigmoid", [at.X])]);
        else if (function == PointwiseFunction.Hardswish && at.Opset < 14)
            at.Result("Mul", [at.X, at.Step("gate", "HardSigmoid", [at.X], ("alpha", 1 / 6f), ("beta", 0.5f))]);
        else
            at.Result(function switch { PointwiseFunction.Sigmoid => "Sigmoid", PointwiseFunction.Tanh => "Tanh", _ => "HardSwish" }, [at.X]);
    }

    private static void Multiply(LayerNodes at, Operation.Dense of)
    {
        string[] inputs = [at.X, at.Weight("weight", at.Output.Maps, at.Input.Maps)];
        at.Result("Gemm", of.Bias ? [.. inputs, at.Weight("bias", at.Output.Maps)] : inputs, ("transB", 1L));
    }

    /// <summary>A factor that is a row of units has one value a map.</summary>
    private static void Product(LayerNodes at)
    {
        string[] factors = [.. at.Inputs.Select((factor, i) => at.InputShape(i).Flat && !at.Output.Flat ? at.Step($"gate{i}", "Unsqueeze", [factor, at.Constant($"axes{i}", 2, 3)]) : factor)];
        var product = factors[0];
        for (var i = 1; i < factors.Length - 1; i++)
            product = at.Step($"product{i}", "Mul", [product, factors[i]]);
        at.Result("Mul", [product, factors[^1]]);
    }

    private static void Shuffle(LayerNodes at, int groups)
    {
        var (maps, height, width) = (at.Input.Maps, at.Input.Height, at.Input.Width);
        var parts = at.Step("parts", "Reshape", [at.X, at.Constant("parts-shape", 0, groups, maps / groups, height, width)]);
        var mixed = at.Step("mixed", "Transpose", [parts], ("perm", new long[] { 0, 2, 1, 3, 4 }));
        at.Result("Reshape", [mixed, at.Constant("shape", 0, maps, height, width)]);
    }
}
