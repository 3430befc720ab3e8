namespace ZfDecl.Data.Decoding;

/// <summary>One axis of a picture that a codec may have decoded smaller than it is, as seen: from left to right, or from top to bottom.</summary>
/// <param name="Length">The picture's own pixels.</param>
/// <param name="Decoded">The decoded ones; of the last that was decoded, only a part may be the picture's.</param>
/// <param name="Shrunk">Decoded pixels in one of the picture's: <c>Shrunk · Length</c> is <c>Decoded</c>, or less than one below it.</param>
/// <param name="IsReversed">Whether the last that was decoded is seen first.</param>
internal readonly record struct DecodedAxis(int Length, int Decoded, double Shrunk, bool IsReversed)
{
    /// <summary>Where among the decoded pixels, in the order in which they are seen, the picture begins.</summary>
    public double Origin => IsReversed ? Decoded - Shrunk * Length : 0;

    /// <summary>An axis of so many pixels, none of them left out.</summary>
    public static DecodedAxis Whole(int length) => new(length, length, 1, IsReversed: false);
}
