namespace ZfDecl.Data.Drawing;

/// <summary>Random values at the points of a grid, smoothly interpolated between them.</summary>
internal sealed class ValueNoise
{
    private readonly double frequency;
    private readonly int columns;
    private readonly double[] values;

    /// <param name="random">Decides the values.</param>
    /// <param name="frequency">Grid cells in a length of 1.</param>
    /// <param name="width">The part of the plane that it is defined in.</param>
    /// <param name="height">The part of the plane that it is defined in.</param>
    public ValueNoise(ref AugmentationRandom random, double frequency, double width, double height)
    {
        this.frequency = frequency;
        columns = (int)(width * frequency) + 2;
        values = new double[columns * ((int)(height * frequency) + 2)];
        foreach (ref var value in values.AsSpan())
            value = random.NextDouble();
    }

    /// <summary>The noise at a point, 0 … 1.</summary>
    public double At(double x, double y)
    {
        var (column, row) = (x * frequency, y * frequency);
        var (left, top) = ((int)column, (int)row);
        var (right, down) = (Smooth(column - left), Smooth(row - top));
        var corners = values.AsSpan(top * columns + left);
        return Between(Between(corners[0], corners[1], right), Between(corners[columns], corners[columns + 1], right), down);
    }

    private static double Smooth(double share) => share * share * (3 - 2 * share);

    private static double Between(double from, double to, double share) => from + (to - from) * share;
}
