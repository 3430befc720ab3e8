namespace ZfDecl.Networks;

/// <summary>
/// Which input pixels the units of a layer see. Unit (y, x) sees the rows from <c>y · StrideY + OffsetY</c>, <see cref="Height"/> of them,
/// and the columns likewise. Padding counts as seen, so an offset is negative where a border unit looks over the edge.
/// </summary>
/// <param name="Height">Rows of input pixels that one unit sees.</param>
/// <param name="Width">Columns of input pixels that one unit sees.</param>
/// <param name="StrideY">Input rows between two neighbouring units (the "jump").</param>
/// <param name="StrideX">Input columns between two neighbouring units.</param>
/// <param name="OffsetY">First row that unit (0, 0) sees.</param>
/// <param name="OffsetX">First column that unit (0, 0) sees.</param>
public readonly record struct ReceptiveField(int Height, int Width, int StrideY, int StrideX, int OffsetY, int OffsetX)
{
    /// <summary>The pixels that unit (<paramref name="y"/>, <paramref name="x"/>) sees, not clipped to the image.</summary>
    public PixelRegion At(int y, int x) => new(y * StrideY + OffsetY, x * StrideX + OffsetX, Height, Width);
}
