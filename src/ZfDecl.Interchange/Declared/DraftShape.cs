namespace ZfDecl.Interchange.Declared;

/// <summary>What a layer yields for one image.</summary>
/// <param name="Maps">Feature maps, or units.</param>
/// <param name="Height">Rows of a map.</param>
/// <param name="Width">Columns of a map.</param>
/// <param name="Flat">Whether it is a row of units.</param>
internal readonly record struct DraftShape(int Maps, int Height, int Width, bool Flat = false)
{
    public long Count => (long)Maps * Height * Width;

    /// <summary>As <see cref="ZfDecl.Generators.Model.Shape"/> says it.</summary>
    public override string ToString() => Flat ? $"{Maps} units" : $"{Maps}x{Height}x{Width}";
}
