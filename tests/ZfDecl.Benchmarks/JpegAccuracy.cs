using SkiaSharp;

namespace ZfDecl.Benchmarks;

/// <summary>How far ways from a JPEG file to a normalised tensor are from an exact resize of all its pixels.</summary>
internal static class JpegAccuracy
{
    private const int Crop = JpegDecoding.Crop;

    /// <summary>The way from a file to [3, 224, 224].</summary>
    public delegate void Reader(string path, Span<float> tensor);

    /// <summary>The JPEGs below a folder that are large enough and need not be turned, which is not what is measured.</summary>
    public static string[] Upright(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.jp*g", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(path =>
        {
            using var codec = SKCodec.Create(path);
            return codec?.EncodedOrigin == SKEncodedOrigin.TopLeft && Math.Min(codec.Info.Width, codec.Info.Height) >= JpegDecoding.Resize;
        }),
    ];

    /// <summary>Prints the mean difference of each file, and its range over all of them.</summary>
    public static void Print(IReadOnlyList<string> files, params (string Name, Reader Read)[] ways)
    {
        Console.WriteLine($"  mean difference to an exact antialiased resize, of 255: {string.Join(", ", ways.Select(way => way.Name))}");
        var tensor = new float[3 * Crop * Crop];
        var differences = new List<double[]>();
        foreach (var file in files)
        {
            var exact = Exact(file);
            differences.Add(Array.ConvertAll(ways, way =>
            {
                way.Read(file, tensor);
                return Difference(tensor, exact);
            }));
            Console.WriteLine($"    {string.Join(" ", differences[^1].Select(difference => $"{difference,6:F2}"))}  {Path.GetFileName(file)}");
        }
        for (var way = 0; way < ways.Length && files.Count > 0; way++)
        {
            var sorted = differences.Select(difference => difference[way]).Order().ToArray();
            Console.WriteLine($"  {ways[way].Name}: {sorted[0]:F2} … {sorted[^1]:F2}, median {sorted[sorted.Length / 2]:F2}, mean {sorted.Average():F2}, of {sorted.Length} images");
        }
    }

    /// <summary>The triangle filter over the whole decoded image, in double precision: [3, 224, 224], 0 … 255.</summary>
    private static double[] Exact(string path)
    {
        using var codec = SKCodec.Create(path);
        using var whole = new SKBitmap(codec.Info.WithColorType(SKColorType.Rgba8888));
        codec.GetPixels(whole.Info, whole.GetPixels());
        var (width, height) = (whole.Width, whole.Height);
        var scale = (double)JpegDecoding.Resize / Math.Min(width, height);
        var (newWidth, newHeight) = (Math.Round(width * scale), Math.Round(height * scale));
        var (left, top) = ((int)(newWidth - Crop) / 2, (int)(newHeight - Crop) / 2);
        var pixels = whole.GetPixelSpan();
        var rowBytes = whole.RowBytes;
        var exact = new double[3 * Crop * Crop];
        Span<double> sum = stackalloc double[4];
        for (var y = 0; y < Crop; y++)
        {
            for (var x = 0; x < Crop; x++)
            {
                sum.Clear();
                foreach (var (row, down) in Triangle(top + y, height / newHeight, height))
                {
                    foreach (var (column, across) in Triangle(left + x, width / newWidth, width))
                    {
                        for (var channel = 0; channel < 3; channel++)
                            sum[channel] += down * across * pixels[row * rowBytes + 4 * column + channel];
                        sum[3] += down * across;
                    }
                }
                for (var channel = 0; channel < 3; channel++)
                    exact[(channel * Crop + y) * Crop + x] = sum[channel] / sum[3];
            }
        }
        return exact;
    }

    private static List<(int Place, double Weight)> Triangle(int index, double step, int length)
    {
        var centre = (index + 0.5) * step - 0.5;
        var weights = new List<(int, double)>();
        for (var place = Math.Max((int)(centre - step), 0); place < Math.Min(centre + step, length); place++)
        {
            if (Math.Abs(place - centre) < step)
                weights.Add((place, 1 - Math.Abs(place - centre) / step));
        }
        return weights;
    }

    private static double Difference(ReadOnlySpan<float> tensor, double[] exact)
    {
        var sum = 0.0;
        for (var i = 0; i < exact.Length; i++)
            sum += Math.Abs(tensor[i] * JpegDecoding.Deviation[i / (Crop * Crop)] + JpegDecoding.Mean[i / (Crop * Crop)] - exact[i]);
        return sum / exact.Length;
    }
}
