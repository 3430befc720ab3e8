using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Declared;

/// <summary>Makes one layer of several that are written apart in a graph and that a person would write as one. What the network computes stays the same.</summary>
internal static class Simplification
{
    private static readonly Func<DraftNetwork, DraftLayer, bool>[] Rules = [Silu, Hardswish, HardswishInThirds, Affines, Bias, Padding, FlattenBeforeDense];

    /// <summary>Goes over the layers until no rule finds anything.</summary>
    public static void Apply(DraftNetwork network)
    {
        // Each rule leaves fewer layers, or a layer of another kind that no rule makes anything of.
        while (network.Layers.Any(layer => Array.Exists(Rules, rule => rule(network, layer))))
        {
        }
    }

    /// <summary>x · sigmoid(x).</summary>
    private static bool Silu(DraftNetwork network, DraftLayer mul) => Gate(mul, gate => gate.Kind == "sigmoid" ? [gate.Inputs[0]] : null) is { } x && Become(network, mul, "silu", x.Input);

    /// <summary>x · min(max(x/6 + 1/2, 0), 1), and x · min(max(x + 3, 0), 6) / 6 with the division before the product.</summary>
    private static bool Hardswish(DraftNetwork network, DraftLayer mul) => Gate(mul, gate => gate switch
    {
        { Kind: "relu", Below: { } scaled } when IsClipped(gate, 1) && IsFixed(scaled, 1 / 6.0, 0.5) => [scaled.Inputs[0]],
        { Kind: "affine", Below: { } clipped } when IsFixed(gate, 1 / 6.0, 0) && ShiftedBelow(clipped) is { } x => x,
        _ => null,
    }) is { } found && Become(network, mul, "hardswish", found.Input);

    /// <summary>The same with the division behind the product.</summary>
    private static bool HardswishInThirds(DraftNetwork network, DraftLayer sixth) => sixth is { Kind: "affine", Below: { } mul } && IsFixed(sixth, 1 / 6.0, 0) && network.IsReadOnlyBy(mul, sixth)
        && Gate(mul, ShiftedBelow) is { } found && Become(network, sixth, "hardswish", found.Input);

    /// <summary>Two scales and shifts behind each other.</summary>
    private static bool Affines(DraftNetwork network, DraftLayer second)
    {
        if (second is not { Kind: "affine", Below: { Kind: "affine" } first } || !network.IsReadOnlyBy(first, second) || IsStepOfFormula(network, first) || IsStepOfFormula(network, second))
            return false;
        var (scale, shift) = (second.Weights["weight"].ToDoubles(), second.Weights["bias"].ToDoubles());
        var joined = new DraftLayer("affine", second.Given ?? first.Given, first.Inputs, second.Output);
        if (first.Keys.ContainsKey("trained") && second.Keys.ContainsKey("trained"))
            joined.Keys["trained"] = false;
        joined.Weights["weight"] = new ArrayTensor([.. first.Weights["weight"].ToDoubles().Zip(scale, (a, b) => a * b)], scale.Length);
        joined.Weights["bias"] = new ArrayTensor([.. first.Weights["bias"].ToDoubles().Select((value, i) => value * scale[i] + shift[i])], scale.Length);
        network.Replace(second, joined);
        return true;
    }

    /// <summary>A value added to each map of a convolution, or to each unit of a dense layer.</summary>
    private static bool Bias(DraftNetwork network, DraftLayer affine)
    {
        if (affine is not { Kind: "affine", Below: { Kind: "conv" or "dense" } layer } || affine.Keys.ContainsKey("trained") || !network.IsReadOnlyBy(layer, affine)
            || affine.Output.Maps != layer.Output.Maps || affine.Weights["weight"].ToDoubles().Any(scale => scale != 1))
            return false;
        var shift = affine.Weights["bias"].ToDoubles();
        layer.Weights["bias"] = new ArrayTensor(layer.Weights.TryGetValue("bias", out var own) ? [.. own.ToDoubles().Zip(shift, (a, b) => a + b)] : shift, shift.Length);
        layer.Keys.Remove("bias");
        network.Bypass(affine, layer);
        return true;
    }

    /// <summary>Zeros around maps that only a convolution sees.</summary>
    private static bool Padding(DraftNetwork network, DraftLayer conv)
    {
        if (conv is not { Kind: "conv", Below: { Kind: "pad" } pad } || !network.IsReadOnlyBy(pad, conv) || conv.Keys.GetValueOrDefault("padding") is string)
            return false;
        long[] sides = [.. Sides(pad).Zip(Sides(conv), (a, b) => a + b)];
        conv.Keys["padding"] = sides[0] == sides[2] && sides[1] == sides[3] ? sides[0] == sides[1] ? sides[0] : new[] { sides[0], sides[1] } : sides;
        network.Bypass(pad, pad.Inputs[0]);
        return true;
    }

    /// <summary>It is implied.</summary>
    private static bool FlattenBeforeDense(DraftNetwork network, DraftLayer dense)
    {
        if (dense is not { Kind: "dense", Below: { Kind: "flatten" } flatten } || !network.IsReadOnlyBy(flatten, dense))
            return false;
        network.Bypass(flatten, flatten.Inputs[0]);
        return true;
    }

    private static long[] Sides(DraftLayer layer) => layer.Keys.GetValueOrDefault("padding") switch
    {
        long side => [side, side, side, side],
        long[] { Length: 2 } pair => [pair[0], pair[1], pair[0], pair[1]],
        long[] four => four,
        _ => new long[4],
    };

    /// <summary>A factor of a product; null in it stands for the image.</summary>
    private readonly record struct Factor(DraftLayer? Input);

    /// <summary>The factor of a product whose other factor is made of it.</summary>
    private static Factor? Gate(DraftLayer mul, Func<DraftLayer, DraftLayer?[]?> made)
    {
        if (mul is not { Kind: "mul", Inputs: [var a, var b] })
            return null;
        if (b is not null && made(b) is [var ofB] && ofB == a)
            return new(a);
        return a is not null && made(a) is [var ofA] && ofA == b ? new Factor(b) : null;
    }

    /// <summary>What min(max(x + 3, 0), 6) is made of.</summary>
    private static DraftLayer?[]? ShiftedBelow(DraftLayer clipped) => IsClipped(clipped, 6) && clipped.Below is { } shifted && IsFixed(shifted, 1, 3) ? [shifted.Inputs[0]] : null;

    private static bool IsClipped(DraftLayer layer, double ceiling) => layer.Kind == "relu" && layer.Number("slope", 0) == 0 && layer.Number("ceiling", 0) == ceiling;

    private static bool IsFixed(DraftLayer layer, double scale, double shift) => layer.Kind == "affine" && layer.Keys.ContainsKey("trained")
        && Math.Abs(layer.Weights["weight"].ToDoubles()[0] - scale) < 1e-5 && Math.Abs(layer.Weights["bias"].ToDoubles()[0] - shift) < 1e-5;

    /// <summary>Whether a scale is one that a hardswish is made of, which is found once the whole of it is seen.</summary>
    private static bool IsStepOfFormula(DraftNetwork network, DraftLayer affine) =>
        affine.Keys.ContainsKey("trained") && network.ReadersOf(affine).Any(reader => IsClipped(reader, 6) || IsClipped(reader, 1) || reader.Kind == "mul");

    private static bool Become(DraftNetwork network, DraftLayer old, string kind, DraftLayer? input)
    {
        network.Replace(old, new(kind, null, [input], old.Output));
        return true;
    }
}
