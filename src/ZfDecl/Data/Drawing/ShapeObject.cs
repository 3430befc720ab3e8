namespace ZfDecl.Data.Drawing;

/// <summary>The object of an image: one of the ten shapes, somewhere, turned somehow.</summary>
/// <param name="Kind">Which shape.</param>
/// <param name="X">Its centre.</param>
/// <param name="Y">Its centre.</param>
/// <param name="Radius">Of the disc that holds it.</param>
/// <param name="Axis">Where its own first axis points.</param>
internal sealed record ShapeObject(ShapeKind Kind, double X, double Y, double Radius, Direction Axis) : IRegion
{
    private const double Diagonal = 0.7071067811865476, Root3 = 1.7320508075688772;

    // The normals of a pentagram's lines; each passes the centre at cos 72°.
    private const double Cos36 = 0.8090169943749475, Sin36 = 0.5877852522924731, Cos72 = 0.3090169943749474, Sin72 = 0.9510565162951535;
    private static readonly (double X, double Y)[] Pentagram = [(0, 1), (Sin72, Cos72), (-Sin72, Cos72), (Sin36, -Cos36), (-Sin36, -Cos36)];

    public (double X, double Y, double Radius) Bounds => (X, Y, Radius);

    public double Distance(double x, double y)
    {
        var (along, across) = Axis.Turn((x - X) / Radius, (y - Y) / Radius);
        return Radius * Distance(Kind, along, across);
    }

    /// <summary>The distance from a shape that lies in the unit disc. Intersections are maxima of distances, unions minima.</summary>
    public static double Distance(ShapeKind kind, double x, double y)
    {
        var (wide, high, far) = (Math.Abs(x), Math.Abs(y), Length(x, y));
        return kind switch
        {
            ShapeKind.Circle => far - 0.9,
            ShapeKind.Square => Math.Max(wide, high) - 0.7,
            ShapeKind.Triangle => Math.Max(y - 0.5, (Root3 * wide - y - 1) / 2),
            ShapeKind.Star => Star(x, y),
            ShapeKind.Ring => Math.Max(far - 0.95, 0.55 - far),
            ShapeKind.Cross => Math.Max(Math.Max(wide, high) - 0.95, Math.Min(wide, high) - 0.25),
            ShapeKind.Crescent => Math.Max(far - 1, 0.8 - Length(x - 0.5, y)),
            ShapeKind.Heart => Heart(wide, y),
            ShapeKind.Arrow => Math.Min(Math.Max(wide - 0.2, Math.Max(-y - 0.1, y - 0.95)), Math.Max(y, (wide - 0.7 * (y + 1)) / Length(1, 0.7))),
            ShapeKind.Hourglass => Math.Max(high - 0.85, (wide - 0.5 * high - 0.08) / Length(1, 0.5)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>A pentagram is what lies inside at least four of its five lines, so the second largest distance counts.</summary>
    private static double Star(double x, double y)
    {
        var (first, second) = (double.NegativeInfinity, double.NegativeInfinity);
        foreach (var line in Pentagram)
        {
            var distance = line.X * x + line.Y * y - Cos72;
            second = Math.Max(second, Math.Min(first, distance));
            first = Math.Max(first, distance);
        }
        return second;
    }

    /// <summary>A square on its corner, and a disc on each of its upper sides.</summary>
    private static double Heart(double wide, double y)
    {
        const double Corner = 0.75, Middle = 0.2;
        var disc = Length(wide - Corner / 2, y - Middle + Corner / 2) - Diagonal * Corner;
        return Math.Min(disc, Diagonal * (wide + Math.Abs(y - Middle) - Corner));
    }

    private static double Length(double x, double y) => Math.Sqrt(x * x + y * y);
}
