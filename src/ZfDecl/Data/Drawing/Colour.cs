namespace ZfDecl.Data.Drawing;

/// <summary>
/// Red, green and blue, 0 … 255. Only sums, products and quotients of doubles are used to draw, nothing that rounds differently from machine to machine.
/// </summary>
internal readonly record struct Colour(double Red, double Green, double Blue)
{
    /// <summary>Its brightness, 0 … 255 (Rec. 601).</summary>
    public double Luma => 0.299 * Red + 0.587 * Green + 0.114 * Blue;

    /// <summary>Any colour, all equally likely.</summary>
    public static Colour Draw(ref AugmentationRandom random) => new(random.Next(256), random.Next(256), random.Next(256));

    /// <summary>A colour on the way to another one.</summary>
    /// <param name="other">The other one.</param>
    /// <param name="share">How far, 0 … 1.</param>
    public Colour Towards(Colour other, double share) =>
        new(Red + (other.Red - Red) * share, Green + (other.Green - Green) * share, Blue + (other.Blue - Blue) * share);

    /// <summary>Lighter, or darker where <paramref name="amount"/> is negative.</summary>
    public Colour Lighter(double amount) => new(Red + amount, Green + amount, Blue + amount);
}
