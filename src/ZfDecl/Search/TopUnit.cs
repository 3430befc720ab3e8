namespace ZfDecl.Search;

/// <summary>One of the strongest units of a feature map.</summary>
/// <param name="Value">Its activation; above 0 and finite.</param>
/// <param name="Image">Index of the image that it answered to.</param>
/// <param name="Y">Its row in the feature map; 0 in a dense layer.</param>
/// <param name="X">Its column in the feature map; 0 in a dense layer.</param>
public readonly record struct TopUnit(float Value, int Image, int Y, int X)
{
    /// <summary>Whether this unit ranks before another: the larger value first, then the lower image index, then reading order.</summary>
    public bool Precedes(TopUnit other) => Value > other.Value || (Value == other.Value && (Image, Y, X).CompareTo((other.Image, other.Y, other.X)) < 0);
}
