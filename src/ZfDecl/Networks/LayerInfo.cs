using System.Text.Json.Serialization;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Networks;

/// <summary>What is known of a layer before any tensor exists. Printed by the generator as constants.</summary>
/// <param name="Index">Place in the network, from 0.</param>
/// <param name="Name">The name in the spec, for example <c>conv1</c>: also the prefix of its tensors in a weights file.</param>
/// <param name="Kind">The kind in the spec, for example <c>conv</c>.</param>
/// <param name="Output">The shape of its output for one image.</param>
/// <param name="ReceptiveField">Which input pixels its units see.</param>
/// <param name="Parameters">The number of trained values.</param>
/// <param name="MultiplyAdds">Multiply-adds for one image.</param>
/// <param name="Readout">
/// Index of the layer that holds this layer's feature maps as the paper means them: the rectifier that follows, directly or behind a batch normalisation, or
/// the layer itself.
/// </param>
public sealed record LayerInfo(
    int Index,
    string Name,
    string Kind,
    FeatureShape Output,
    ReceptiveField ReceptiveField,
    long Parameters,
    long MultiplyAdds,
    [property: JsonPropertyName("rectified_by")] int Readout)
{
    /// <summary>The image, among the indices of <see cref="Inputs"/>.</summary>
    public const int Image = -1;

    /// <summary>The layers whose outputs it takes in.</summary>
    public LayerInputs Inputs { get; init; } = [];

    /// <summary>What it does in the network.</summary>
    public LayerRole Role { get; init; }

    /// <summary>Which units of its input one unit depends on.</summary>
    public Locality Locality { get; init; }

    /// <summary>The step of the backward projection through it.</summary>
    public BackwardStep Backward { get; init; }

    /// <summary>Whether its output is a row of units, [N, units], and no longer feature maps.</summary>
    public bool IsFlat { get; init; }

    /// <summary>Whether it yields the class scores: one unit a class, whatever number of classes the network is created for.</summary>
    public bool YieldsScores { get; init; }

    /// <summary>Whether it leads up to the class scores with a map a class, whatever number of classes the network is created for.</summary>
    public bool HoldsClassMaps { get; init; }

    /// <summary>Whether its maps, or units, are the classes.</summary>
    [JsonIgnore]
    public bool PerClass => HoldsClassMaps || YieldsScores || Role == LayerRole.Output;

    /// <summary>Whether it is a relu that may overwrite its input: nobody else reads that.</summary>
    public bool RectifiesInPlace { get; init; }

    /// <summary>Of a rectifier, what the backward projection multiplies the signal by below 0: 0 for a relu. A trained slope starts with this value.</summary>
    public double Slope { get; init; }

    /// <summary>Of a relu, the greatest value that it yields; null where there is none.</summary>
    public double? Ceiling { get; init; }

    /// <summary>The window that slides over its input, of a convolution or a pooling; null for any other kind.</summary>
    public LayerWindow? Window { get; init; }

    /// <summary>What the window takes beyond the border.</summary>
    public WindowBorder Border { get; init; }

    /// <summary>Parts that the maps of a convolution fall into, filtered apart; 1 elsewhere.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether the positions that padding adds count in the mean of an average pooling; true elsewhere.</summary>
    public bool CountsPadding { get; init; } = true;

    /// <summary>The standard deviation that its weights start with; null for the recipe's rule, <see cref="TrainingRecipe.InitialStd"/>.</summary>
    public double? InitialStd { get; init; }

    /// <summary>The value that its biases start with.</summary>
    public double InitialBias { get; init; }

    /// <summary>The layer of a network that is created for another number of classes than declared.</summary>
    /// <param name="classes">The number of classes.</param>
    public LayerInfo CreatedFor(int classes) => !PerClass ? this : this with
    {
        Output = Output with { Maps = classes },
        Parameters = Parameters / Output.Maps * classes,
        MultiplyAdds = MultiplyAdds / Output.Maps * classes,
    };
}
