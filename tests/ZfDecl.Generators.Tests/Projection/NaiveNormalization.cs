namespace ZfDecl.Generators.Tests.Projection;

/// <summary>The normalisations as loops, for maps of [map, row, column].</summary>
internal static class NaiveNormalization
{
    /// <summary>x / (1 + 0.5 / n · Σ x²)^0.75 over 3 maps (n = 3) or 3×3 places (n = 9).</summary>
    public static double[,,] Response(double[,,] input, bool overSpace) => Map(input, (map, y, x) =>
    {
        var sum = 0.0;
        if (overSpace)
            Window(input, y, x, 1, (row, column) => sum += Math.Pow(input[map, row, column], 2) / 9);
        else
            for (var other = Math.Max(map - 1, 0); other <= Math.Min(map + 1, input.GetLength(0) - 1); other++)
                sum += Math.Pow(input[other, y, x], 2) / 3;
        return input[map, y, x] / Math.Pow(1 + (0.5 * sum), 0.75);
    });

    /// <summary>Local contrast normalisation over 5×5 places, standard deviation 5 / 4.</summary>
    public static double[,,] Contrast(double[,,] input)
    {
        var v = Map(input, (map, y, x) => input[map, y, x] - Mean(input, y, x));
        var squares = Map(v, (map, y, x) => v[map, y, x] * v[map, y, x]);
        var deviations = Map(input, (_, y, x) => Math.Sqrt(Math.Max(Mean(squares, y, x), 1e-8)));
        var typical = deviations.Cast<double>().Average();
        return Map(v, (map, y, x) => v[map, y, x] / Math.Max(typical, deviations[map, y, x]));

        static double Mean(double[,,] values, int y, int x)
        {
            var (sum, weights) = (0.0, 0.0);
            Window(values, y, x, 2, (row, column) =>
            {
                var weight = Math.Exp(-(Math.Pow(row - y, 2) + Math.Pow(column - x, 2)) / (2 * 1.25 * 1.25));
                for (var map = 0; map < values.GetLength(0); map++)
                    (sum, weights) = (sum + (weight * values[map, row, column]), weights + weight);
            });
            return sum / weights;
        }
    }

    public static double[,,] Batch(double[,,] input, float[] mean, float[] variance, float[] scale, float[] shift) =>
        Map(input, (map, y, x) => ((input[map, y, x] - mean[map]) / Math.Sqrt(variance[map] + 1e-5) * scale[map]) + shift[map]);

    private static void Window(double[,,] maps, int y, int x, int half, Action<int, int> visit)
    {
        for (var row = Math.Max(y - half, 0); row <= Math.Min(y + half, maps.GetLength(1) - 1); row++)
            for (var column = Math.Max(x - half, 0); column <= Math.Min(x + half, maps.GetLength(2) - 1); column++)
                visit(row, column);
    }

    private static double[,,] Map(double[,,] maps, Func<int, int, int, double> rule)
    {
        var result = new double[maps.GetLength(0), maps.GetLength(1), maps.GetLength(2)];
        for (var map = 0; map < maps.GetLength(0); map++)
            for (var y = 0; y < maps.GetLength(1); y++)
                for (var x = 0; x < maps.GetLength(2); x++)
                    result[map, y, x] = rule(map, y, x);
        return result;
    }
}
