namespace ZfDecl.Networks;

/// <summary>The shape of what one layer yields for one image: maps × height × width. A dense layer yields units × 1 × 1.</summary>
/// <param name="Maps">The number of feature maps (channels), or of units in a dense layer.</param>
/// <param name="Height">Rows of a feature map.</param>
/// <param name="Width">Columns of a feature map.</param>
public readonly record struct FeatureShape(int Maps, int Height, int Width)
{
    /// <summary>The number of values in all maps together.</summary>
    public long Count => (long)Maps * Height * Width;

    /// <summary>For example <c>96×55×55</c>.</summary>
    public override string ToString() => $"{Maps}×{Height}×{Width}";
}
