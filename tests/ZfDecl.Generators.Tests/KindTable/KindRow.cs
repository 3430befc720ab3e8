using ZfDecl.Networks;

namespace ZfDecl.Generators.Tests.KindTable;

/// <summary>What a kind says of a layer of it, and where such a layer can stand.</summary>
/// <param name="Kind">The word in a spec.</param>
/// <param name="Keys">What is written beside the layer's name.</param>
/// <param name="Place">Where the layer stands in the network that the analyses are tried on.</param>
/// <param name="Role">Its role.</param>
/// <param name="Locality">Its locality.</param>
/// <param name="Backward">Its step of the backward projection.</param>
/// <param name="Border">What its window takes beyond the border.</param>
internal sealed record KindRow(
    string Kind, string Keys, KindPlace Place, LayerRole Role, Locality Locality, BackwardStep Backward, WindowBorder Border = WindowBorder.OwnRule)
{
    /// <summary>Every kind there is. A new one joins here, and is tried in every analysis.</summary>
    public static IReadOnlyList<KindRow> All { get; } =
    [
        new("add", "from: [conv1, conv1]", KindPlace.Maps, LayerRole.Sum, Locality.Pointwise, BackwardStep.Identity),
        new("affine", "", KindPlace.Maps, LayerRole.Affine, Locality.Pointwise, BackwardStep.Scale),
        new("avgpool", "kernel: 2", KindPlace.Maps, LayerRole.AveragePooling, Locality.Windowed, BackwardStep.Unaverage, WindowBorder.Zeros),
        new("batchnorm", "momentum: 0.2", KindPlace.Maps, LayerRole.Normalisation, Locality.Pointwise, BackwardStep.Scale),
        new("channel-shuffle", "groups: 4", KindPlace.Maps, LayerRole.Reshape, Locality.Pointwise, BackwardStep.Unshuffle),
        new("concat", "from: [conv1, conv1]", KindPlace.Maps, LayerRole.Concatenation, Locality.Pointwise, BackwardStep.Split),
        new("contrast", "size: 3", KindPlace.Maps, LayerRole.Normalisation, Locality.Global, BackwardStep.Identity),
        new("conv", "maps: 6, kernel: 3, padding: 1", KindPlace.Maps, LayerRole.Convolution, Locality.Windowed, BackwardStep.TransposedFilters, WindowBorder.Zeros),
        new("dense", "units: 9", KindPlace.Units, LayerRole.Dense, Locality.Global, BackwardStep.WholeImage),
        new("dropout", "rate: 0.25", KindPlace.Maps, LayerRole.Dropout, Locality.Pointwise, BackwardStep.Identity),
        new("elu", "alpha: 0.5", KindPlace.Maps, LayerRole.Rectifier, Locality.Pointwise, BackwardStep.WholeImage),
        new("flatten", "", KindPlace.Units, LayerRole.Reshape, Locality.Global, BackwardStep.WholeImage),
        new("hardswish", "", KindPlace.Maps, LayerRole.Rectifier, Locality.Pointwise, BackwardStep.WholeImage),
        new("lrn", "size: 3", KindPlace.Maps, LayerRole.Normalisation, Locality.Pointwise, BackwardStep.Identity),
        new("maxpool", "kernel: 3, stride: 2, padding: 1", KindPlace.Maps, LayerRole.MaxPooling, Locality.Windowed, BackwardStep.Unpool, WindowBorder.Excluded),
        new("mul", "from: [conv1, conv1]", KindPlace.Maps, LayerRole.Product, Locality.Pointwise, BackwardStep.WholeImage),
        new("pad", "padding: [1, 0, 2, 3]", KindPlace.Maps, LayerRole.Reshape, Locality.Windowed, BackwardStep.Crop, WindowBorder.Zeros),
        new("prelu", "", KindPlace.Maps, LayerRole.Rectifier, Locality.Pointwise, BackwardStep.WholeImage),
        new("relu", "", KindPlace.Maps, LayerRole.Rectifier, Locality.Pointwise, BackwardStep.Rectify),
        new("sigmoid", "", KindPlace.Maps, LayerRole.Rectifier, Locality.Pointwise, BackwardStep.WholeImage),
        new("silu", "", KindPlace.Maps, LayerRole.Rectifier, Locality.Pointwise, BackwardStep.WholeImage),
        new("softmax", "", KindPlace.End, LayerRole.Output, Locality.Pointwise, BackwardStep.Identity),
        new("tanh", "", KindPlace.Maps, LayerRole.Rectifier, Locality.Pointwise, BackwardStep.WholeImage),
    ];

    /// <summary>The name of a network with such a layer, <c>some</c>.</summary>
    public string Network => $"With{char.ToUpperInvariant(Kind[0])}{Kind[1..].Replace("-", "", StringComparison.Ordinal)}";

    /// <summary>Two convolutions and two dense layers for the ten classes of drawn shapes, and the layer among them.</summary>
    public string Spec
    {
        get
        {
            var some = $"- {{ {Kind}: some{(Keys.Length > 0 ? $", {Keys}" : "")} }}\n  ";
            return $$"""
                network: {{Network}}
                input: { channels: 3, height: 18, width: 17 }
                classes: 10
                data: shapes
                layers:
                  - { conv: conv1, maps: 8, kernel: 3, padding: 1 }
                  {{(Place == KindPlace.Maps ? some : "")}}- { conv: conv2, maps: 6, kernel: 3, stride: 2 }
                  - { relu: relu2 }
                  {{(Place == KindPlace.Units ? some : "")}}- { dense: fc3, units: 12 }
                  - { relu: relu3 }
                  - { dense: fc4 }
                  {{(Place == KindPlace.End ? some : "")}}
                """;
        }
    }
}

/// <summary>Where a layer can stand.</summary>
internal enum KindPlace
{
    /// <summary>Among the feature maps.</summary>
    Maps,

    /// <summary>Where the maps become a row of units, or behind it.</summary>
    Units,

    /// <summary>Behind the class scores.</summary>
    End,
}
