namespace ZfDecl.Networks;

/// <summary>What is known of a layer before any tensor exists. Printed by the generator as constants.</summary>
/// <param name="Index">Place in the network, from 0.</param>
/// <param name="Name">The name in the spec, for example <c>conv1</c>: also the prefix of its tensors in a weights file.</param>
/// <param name="Kind">The kind in the spec, for example <c>conv</c>.</param>
/// <param name="Output">The shape of its output for one image.</param>
/// <param name="ReceptiveField">Which input pixels its units see.</param>
/// <param name="Parameters">The number of trained values.</param>
/// <param name="MultiplyAdds">Multiply-adds for one image.</param>
/// <param name="RectifiedBy">
/// Index of the layer that holds this layer's feature maps as the paper means them: the relu that follows, directly or behind a batch normalisation, or
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
    int RectifiedBy)
{
    /// <summary>The window that slides over its input, of a convolution or a pooling; null for any other kind.</summary>
    public LayerWindow? Window { get; init; }

    /// <summary>Parts that the maps of a convolution fall into, filtered apart; 1 elsewhere.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether the places that padding adds count in the mean of an average pooling; true elsewhere.</summary>
    public bool CountsPadding { get; init; } = true;

    /// <summary>The standard deviation that its weights start with; null for the recipe's rule, <see cref="TrainingRecipe.InitialStd"/>.</summary>
    public double? InitialStd { get; init; }

    /// <summary>The value that its biases start with.</summary>
    public double InitialBias { get; init; }
}
