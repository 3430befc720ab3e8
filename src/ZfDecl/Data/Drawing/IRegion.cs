namespace ZfDecl.Data.Drawing;

/// <summary>
/// A part of the plane that is drawn in one colour. Lengths are shares of an image's shorter side, x to the right and y downwards from its corner.
/// </summary>
internal interface IRegion
{
    /// <summary>A disc that holds the whole region.</summary>
    (double X, double Y, double Radius) Bounds { get; }

    /// <summary>
    /// A signed distance: not above 0 inside, above 0 outside, and nowhere further from 0 than the region's edge is away, so that it changes by at most
    /// as much as the point moves.
    /// </summary>
    double Distance(double x, double y);
}
