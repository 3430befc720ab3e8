namespace ZfDecl.Analyses.Trust;

/// <summary>
/// Histograms of oriented gradients (Dalal &amp; Triggs 2005): in cells of 4×4 pixels the magnitudes of the gradients over 9 directions of 20°, of either sign, normalised to
/// length 1 over each 2×2 cells. Two pictures whose edges run alike have alike descriptors, whatever their signs.
/// </summary>
internal static class OrientedGradients
{
    private const int Cell = 4, Bins = 9, Block = 2;
    private const double LeastLength = 1e-6;

    /// <summary>The correlation of two pictures' descriptors.</summary>
    /// <param name="one">A picture.</param>
    /// <param name="other">One of its size.</param>
    /// <returns>−1 … 1; 0 where one of them is even, NaN of pictures with fewer than 2×2 cells.</returns>
    public static double Similarity(Plane one, Plane other) =>
        one.Height < Block * Cell || one.Width < Block * Cell ? double.NaN : Correlation.Of(Descriptor(one), Descriptor(other));

    /// <summary>The descriptor of a picture.</summary>
    /// <param name="picture">At least 8×8.</param>
    /// <returns>[blocks · 4 · 9].</returns>
    public static double[] Descriptor(Plane picture)
    {
        var (rows, columns) = (picture.Height / Cell, picture.Width / Cell);
        var cells = new double[rows, columns, Bins];
        for (var y = 0; y < rows * Cell; y++)
        {
            for (var x = 0; x < columns * Cell; x++)
            {
                // Central differences; none over the border.
                var down = y > 0 && y < picture.Height - 1 ? picture[y + 1, x] - picture[y - 1, x] : 0;
                var right = x > 0 && x < picture.Width - 1 ? picture[y, x + 1] - picture[y, x - 1] : 0;
                var angle = Math.Atan2(down, right) / Math.PI;          // of either sign: −1 … 1, 0 and ±1 being the same
                cells[y / Cell, x / Cell, (int)Math.Floor((angle < 0 ? angle + 1 : angle) * Bins) % Bins] += Math.Sqrt((down * down) + (right * right));
            }
        }
        return
        [
            .. from row in Enumerable.Range(0, rows - Block + 1)
               from column in Enumerable.Range(0, columns - Block + 1)
               from value in Normalised([.. from y in Enumerable.Range(row, Block) from x in Enumerable.Range(column, Block) from bin in Enumerable.Range(0, Bins) select cells[y, x, bin]])
               select value,
        ];
    }

    private static IEnumerable<double> Normalised(double[] block)
    {
        var length = Math.Sqrt(block.Sum(value => value * value));
        return block.Select(value => value / Math.Max(length, LeastLength));
    }
}
