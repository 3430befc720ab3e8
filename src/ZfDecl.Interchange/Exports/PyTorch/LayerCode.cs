using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using static ZfDecl.Interchange.Exports.PyTorch.PythonText;

namespace ZfDecl.Interchange.Exports.PyTorch;

/// <summary>What a layer is in PyTorch.</summary>
/// <param name="Module">The construction of the module that holds its weights; null where it has none.</param>
/// <param name="Call">The expression of what it yields.</param>
/// <param name="Needs">The functions and classes that the file must define for it, by name.</param>
internal sealed record LayerCode(string? Module, string Call, params IReadOnlyList<string> Needs)
{
    /// <summary>The code of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">The variables that go in.</param>
    /// <param name="shapes">Their shapes.</param>
    public static LayerCode Of(ResolvedLayer layer, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes)
    {
        var (x, maps, held) = (inputs[0], layer.Output.Maps, PythonNames.Module(layer.Name));
        return layer.Operation switch
        {
            Operation.Convolution of => Convolve(layer, of, x, held),
            Operation.MaxPooling of => Maximum(layer, of.Window, x),
            Operation.AveragePooling of => Average(layer, of, x),
            Operation.Pad of => new(null, $"F.pad({x}, {Sides(of.Sides)})"),
            Operation.AcrossMaps of => new(null, $"F.local_response_norm({x}, {of.Size}, alpha={Real(of.Alpha)}, beta={Real(of.Beta)}, k={Real(of.K)})"),
            Operation.WithinMaps of => new(null, $"{x} * ({Number(of.K)} + {Number(of.Alpha)} * F.avg_pool2d({x} * {x}, {of.Size}, 1, {of.Size / 2})).pow({Number(-of.Beta)})"),
            Operation.ContrastNormalisation of => new(null, $"_contrast({x}, {of.Size})", "_contrast"),
            Operation.BatchNormalisation of => new($"nn.BatchNorm{(layer.Input.Flat ? 1 : 2)}d({maps}, eps={Number(of.Epsilon)}, momentum={Number(of.Momentum)})", $"{held}({x})"),
            Operation.Affine of => new($"_Affine({maps}, trained={Flag(of.Trained)})", $"{held}({x})", "_Affine"),
            Operation.Relu of => new(null, Rectified(of, x)),
            Operation.Prelu => new($"nn.PReLU({maps})", $"{held}({x})"),
            Operation.Elu of => new(null, $"F.elu({x}, {Number(of.Alpha)})"),
            Operation.Pointwise of => new(null, of.Function switch { PointwiseFunction.Sigmoid => $"torch.sigmoid({x})", PointwiseFunction.Tanh => $"torch.tanh({x})", PointwiseFunction.Silu => $"F.silu({x})", _ => $"F.hardswish({x})" }),
            Operation.Dropout of => new(null, $"F.dropout({x}, {Number(of.Rate)}, self.training)"),
            Operation.Flatten => new(null, $"{x}.flatten(1)"),
            Operation.Dense of => new($"nn.Linear({layer.Input.Maps}, {maps}{(of.Bias ? "" : ", bias=False")})", $"{held}({x})"),
            Operation.Shuffle of => new(null, $"{x}.unflatten(1, ({of.Groups}, {maps / of.Groups})).transpose(1, 2).flatten(1, 2)"),
            Operation.Sum => new(null, string.Join(" + ", inputs)),
            Operation.Concatenation => new(null, $"torch.cat([{string.Join(", ", inputs)}], 1)"),
            Operation.Product => new(null, string.Join(" * ", inputs.Select((factor, i) => shapes[i].Flat && !layer.Output.Flat ? $"{factor}[:, :, None, None]" : factor))),
            Operation.Softmax => new(null, $"F.softmax({x}, 1)"),
            _ => throw new NotSupportedException($"{layer.Operation} has no form in PyTorch"),
        };
    }

    private static LayerCode Convolve(ResolvedLayer layer, Operation.Convolution of, string x, string held)
    {
        var (window, padding) = (of.Window, of.Window.Padding);
        var module = $"nn.Conv2d({layer.Input.Maps}, {layer.Output.Maps}, {Pair(window.Kernel)}"
            + Unless(window.Stride == new Pair(1, 1), $", stride={Pair(window.Stride)}") + Unless(!padding.IsEven || padding.IsNone, $", padding={Pair(padding.Start)}")
            + Unless(!window.IsDilated, $", dilation={Pair(window.Dilation)}") + Unless(of.Groups == 1, $", groups={of.Groups}") + Unless(of.Bias, ", bias=False") + ")";
        return new(module, padding.IsEven ? $"{held}({x})" : $"{held}(F.pad({x}, {Sides(padding)}))");
    }

    // torch wants padding to be at most half the taps of a kernel, however far they lie apart.
    private static LayerCode Maximum(ResolvedLayer layer, Window window, string x) => window.Padding.IsEven && window.Padding.Top <= window.Kernel.Y / 2 && window.Padding.Left <= window.Kernel.X / 2
        ? new(null, $"F.max_pool2d({x}, {Pair(window.Kernel)}, {Pair(window.Stride)}{Unless(window.Padding.IsNone, $", padding={Pair(window.Padding.Start)}")}{Unless(!window.IsDilated, $", dilation={Pair(window.Dilation)}")}{RoundedUp(layer, window)})")
        : new(null, $"F.max_pool2d(F.pad({x}, {Sides(window.Overhang(layer.Input, layer.Output))}, value=float(\"-inf\")), {Pair(window.Kernel)}, {Pair(window.Stride)}{Unless(!window.IsDilated, $", dilation={Pair(window.Dilation)}")})");

    private static LayerCode Average(ResolvedLayer layer, Operation.AveragePooling of, string x)
    {
        var window = of.Window;
        if (window.Padding.IsEven && !window.IsDilated)
            return new(null, $"F.avg_pool2d({x}, {Pair(window.Kernel)}, {Pair(window.Stride)}{Unless(window.Padding.IsNone, $", padding={Pair(window.Padding.Start)}")}{RoundedUp(layer, window)}{Unless(of.PaddingCounts, ", count_include_pad=False")})");
        return new(null, $"_average({x}, {Two(window.Kernel)}, {Two(window.Stride)}, {Two(window.Dilation)}, beyond={Sides(window.Overhang(layer.Input, layer.Output))}, counted={Sides(of.PaddingCounts ? window.Padding : default)})", "_average");
    }

    private static string Rectified(Operation.Relu of, string x)
    {
        var rectified = of.Slope > 0 ? $"F.leaky_relu({x}, {Number(of.Slope)})" : $"F.relu({x})";
        return of.Ceiling is { } most ? $"{rectified}.clamp(max={Number(most)})" : rectified;
    }

    private static string RoundedUp(ResolvedLayer layer, Window window)
    {
        var overhang = window.Overhang(layer.Input, layer.Output);
        return overhang.Bottom > window.Padding.Bottom || overhang.Right > window.Padding.Right ? ", ceil_mode=True" : "";
    }

    private static string Two(Pair pair) => $"({pair.Y}, {pair.X})";

    private static string Unless(bool isDefault, string argument) => isDefault ? "" : argument;
}
