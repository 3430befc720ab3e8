namespace ZfDecl.Imaging;

/// <summary>How much two pictures may differ and still count as the same.</summary>
public sealed record PictureTolerance
{
    /// <summary>The largest difference of a channel, of 255, that is not noticed.</summary>
    public int Channel { get; init; } = 2;

    /// <summary>The share of pixels that may differ by more than that, 0 … 1.</summary>
    public double Share { get; init; } = 0.001;
}
