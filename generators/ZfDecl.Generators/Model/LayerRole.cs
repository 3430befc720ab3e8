namespace ZfDecl.Generators.Model;

/// <summary>What a layer does in a network; printed as the runtime's value of the same name, which documents it.</summary>
internal enum LayerRole
{
    Other,
    Convolution,
    Dense,
    Rectifier,
    MaxPooling,
    AveragePooling,
    Normalisation,
    Affine,
    Dropout,
    Reshape,
    Sum,
    Concatenation,
    Product,
    Output,
}
