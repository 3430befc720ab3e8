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
        var narrow = new float[height * newWidth];
        for (var y = 0; y < height; y++)
            ReduceLine(source.Slice(y * width, width), 1, narrow.AsSpan(y * newWidth), 1, width, newWidth);
        var reduced = new float[newHeight * newWidth];
        for (var x = 0; x < newWidth; x++)
            ReduceLine(narrow.AsSpan(x), newWidth, reduced.AsSpan(x), newWidth, height, newHeight);
        return reduced;
    }

    private static void ReduceLine(ReadOnlySpan<float> source, int sourceStep, Span<float> target, int targetStep, int length, int newLength)
    {
        var area = (double)length / newLength;      // source pixels under one new pixel
        for (var i = 0; i < newLength; i++)
        {
            var (from, to) = (i * area, (i + 1) * area);
            var sum = 0.0;
            for (var j = (int)from; j < Math.Min(length, to); j++)
                sum += source[j * sourceStep] * (Math.Min(j + 1, to) - Math.Max(j, from));
            target[i * targetStep] = (float)(sum / area);
        }
    }
}
