using System.Numerics;

namespace ZfDecl.Imaging;

/// <summary>Makes a picture smaller so that each new pixel is the mean of the area it covers: no aliasing, and sums are kept in proportion.</summary>
internal static class AreaAverage
{
    /// <param name="source">[height, width].</param>
    /// <param name="height">Rows of the source.</param>
    /// <param name="width">Columns of the source.</param>
    /// <param name="newHeight">Rows of the result; at most <paramref name="height"/>.</param>
    /// <param name="newWidth">Columns of the result; at most <paramref name="width"/>.</param>
    /// <returns>[newHeight, newWidth].</returns>
    public static float[] Reduce(ReadOnlySpan<float> source, int height, int width, int newHeight, int newWidth)
    {
        if ((newHeight, newWidth) == (height, width))
            return source.ToArray();
        var low = new float[newHeight * width];
        foreach (var (to, from, share) in Shares(height, newHeight))
            AddScaled(source.Slice(from * width, width), share, low.AsSpan(to * width, width));
        var reduced = new float[newHeight * newWidth];
        var shares = Shares(width, newWidth).ToArray();
        for (var y = 0; y < newHeight; y++)
        {
            var row = low.AsSpan(y * width, width);
            var target = reduced.AsSpan(y * newWidth, newWidth);
            foreach (var (to, from, share) in shares)
                target[to] += share * row[from];
        }
        return reduced;
    }

    /// <summary>Which source pixels lie under which new pixel of a line, and with what share of its length.</summary>
    private static IEnumerable<(int To, int From, float Share)> Shares(int length, int newLength)
    {
        var size = (double)length / newLength;      // source pixels under one new pixel
        for (var i = 0; i < newLength; i++)
        {
            var (from, to) = (i * size, (i + 1) * size);
            for (var j = (int)from; j < Math.Min(length, to); j++)
                yield return (i, j, (float)((Math.Min(j + 1, to) - Math.Max(j, from)) / size));
        }
    }

    private static void AddScaled(ReadOnlySpan<float> row, float factor, Span<float> sum)
    {
        var i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sum[i..]) + (factor * new Vector<float>(row[i..]))).CopyTo(sum[i..]);
        for (; i < row.Length; i++)
            sum[i] += factor * row[i];
    }
}
