namespace ZfDecl.Data.Drawing;

/// <summary>A direction in the plane, as a vector of length 1.</summary>
internal readonly record struct Direction(double X, double Y)
{
    /// <summary>Any direction, all equally likely: a point of the disc, moved to its rim. (Sine and cosine differ from machine to machine.)</summary>
    public static Direction Draw(ref AugmentationRandom random)
    {
        while (true)
        {
            var (x, y) = (random.NextDouble(-1, 1), random.NextDouble(-1, 1));
            var square = x * x + y * y;
            if (square is > 0.01 and <= 1)
                return new(x / Math.Sqrt(square), y / Math.Sqrt(square));
        }
    }

    /// <summary>The coordinates of a point when the plane is turned so that this direction becomes the first axis.</summary>
    public (double Along, double Across) Turn(double x, double y) => (x * X + y * Y, y * X - x * Y);
}
