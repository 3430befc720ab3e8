namespace ZfDecl.Data.Drawing;

/// <summary>A straight stroke with round ends: clutter that is of no class.</summary>
/// <param name="X">Its middle.</param>
/// <param name="Y">Its middle.</param>
/// <param name="Axis">Where it points.</param>
/// <param name="HalfLength">From its middle to the centre of a round end.</param>
/// <param name="HalfWidth">From its middle line to its edge.</param>
internal sealed record Stroke(double X, double Y, Direction Axis, double HalfLength, double HalfWidth) : IRegion
{
    public (double X, double Y, double Radius) Bounds => (X, Y, HalfLength + HalfWidth);

    public double Distance(double x, double y)
    {
        var (along, across) = Axis.Turn(x - X, y - Y);
        var beyond = Math.Max(Math.Abs(along) - HalfLength, 0);
        return Math.Sqrt(beyond * beyond + across * across) - HalfWidth;
    }
}
