namespace ZfDecl.Analyses.Live;

/// <summary>A disc that is rubbed out of an image.</summary>
/// <param name="X">The column of its centre, in pixels of the network's input; the first pixel's centre is at 0.5.</param>
/// <param name="Y">The row of its centre.</param>
/// <param name="Radius">Its radius, in pixels.</param>
public readonly record struct ErasedDisc(double X, double Y, double Radius)
{
    /// <summary>Whether the centre of a pixel lies in it.</summary>
    public bool Covers(int y, int x)
    {
        var (down, right) = (y + 0.5 - Y, x + 0.5 - X);
        return (down * down) + (right * right) <= Radius * Radius;
    }
}
