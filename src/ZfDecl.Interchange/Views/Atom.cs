namespace ZfDecl.Interchange.Views;

/// <summary>What a dimension of a tensor runs through.</summary>
internal enum Axis
{
    /// <summary>Images.</summary>
    Batch,

    /// <summary>Feature maps, or units.</summary>
    Map,

    /// <summary>Rows of a map.</summary>
    Row,

    /// <summary>Columns of a map.</summary>
    Column,
}

/// <summary>A part of a dimension: it runs through so many positions of an axis, each so far from the next.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Size">How many; more than 1.</param>
/// <param name="Stride">How far apart.</param>
internal readonly record struct Atom(Axis Axis, long Size, long Stride);
