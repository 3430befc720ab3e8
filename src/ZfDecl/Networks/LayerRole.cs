using System.Text.Json.Serialization;
using ZfDecl.Files;

namespace ZfDecl.Networks;

/// <summary>What a layer does in a network, whatever its kind is called.</summary>
[JsonConverter(typeof(SnakeCaseConverter<LayerRole>))]
public enum LayerRole
{
    /// <summary>None of these.</summary>
    Other,

    /// <summary>Filters with trained weights [maps, input maps / groups, height, width] that move over its input.</summary>
    Convolution,

    /// <summary>A matrix of trained weights [units, input units].</summary>
    Dense,

    /// <summary>A rectification, or its like: the feature maps of the layer below are read behind it.</summary>
    Rectifier,

    /// <summary>The maximum of each window; it has switches.</summary>
    MaxPooling,

    /// <summary>The mean of each window.</summary>
    AveragePooling,

    /// <summary>A division by what the values around a unit, or those of the minibatch, come to.</summary>
    Normalisation,

    /// <summary>A trained scale and shift of each map.</summary>
    Affine,

    /// <summary>Units left out while training; evaluation passes its input on.</summary>
    Dropout,

    /// <summary>The same values in another shape.</summary>
    Reshape,

    /// <summary>The sum of its inputs.</summary>
    Sum,

    /// <summary>The maps of its inputs behind each other.</summary>
    Concatenation,

    /// <summary>The product of its inputs.</summary>
    Product,

    /// <summary>Class probabilities from the class scores.</summary>
    Output,
}
