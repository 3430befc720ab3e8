using SkiaSharp;

namespace ZfDecl.Benchmarks;

/// <summary>Draws JPEGs that compress as photographs do: shapes with edges, under noise in octaves.</summary>
internal static class Photographs
{
    private const int Width = 500, Height = 375;

    /// <summary>Writes class folders with pictures in them.</summary>
    /// <param name="folder">Gets <c>train</c> and <c>val</c>, with two classes each.</param>
    /// <param name="count">How many there are to train on.</param>
    /// <returns>The paths of those.</returns>
    public static string[] Write(string folder, int count)
    {
        foreach (var name in (string[])["train/a", "train/b", "val/a", "val/b"])
            Directory.CreateDirectory(Path.Combine(folder, name));
        var paths = Enumerable.Range(0, count).Select(index => Path.Combine(folder, "train", index % 2 == 0 ? "a" : "b", $"{index}.jpg")).ToArray();
        for (var index = 0; index < count; index++)
            File.WriteAllBytes(paths[index], Draw(new Random(index)));
        File.Copy(paths[0], Path.Combine(folder, "val", "a", "0.jpg"));
        File.Copy(paths[1], Path.Combine(folder, "val", "b", "0.jpg"));
        return paths;
    }

    private static byte[] Draw(Random random)
    {
        using var picture = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(picture))
        {
            canvas.Clear(Colour(random));
            for (var shape = 0; shape < 30; shape++)
            {
                using var paint = new SKPaint { Color = Colour(random).WithAlpha((byte)random.Next(80, 256)), IsAntialias = true };
                if (shape % 2 == 0)
                    canvas.DrawCircle(random.Next(Width), random.Next(Height), random.Next(5, 85), paint);
                else
                    canvas.DrawRect(random.Next(Width), random.Next(Height), random.Next(5, 125), random.Next(5, 105), paint);
            }
        }
        foreach (var (cell, strength) in (ReadOnlySpan<(int, double)>)[(100, 40), (40, 25), (16, 18), (6, 12), (2, 8)])
            AddNoise(picture.GetPixelSpan(), cell, strength, random);
        using var jpeg = picture.Encode(SKEncodedImageFormat.Jpeg, 90);
        return jpeg.ToArray();
    }

    private static SKColor Colour(Random random) => new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));

    private static void AddNoise(Span<byte> pixels, int cell, double strength, Random random)
    {
        var columns = Width / cell + 2;
        var grid = Enumerable.Range(0, columns * (Height / cell + 2)).Select(_ => random.NextDouble() - 0.5).ToArray();
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (right, down) = ((double)x / cell, (double)y / cell);
                var corner = (int)down * columns + (int)right;
                (right, down) = (right - (int)right, down - (int)down);
                var above = grid[corner] * (1 - right) + grid[corner + 1] * right;
                var below = grid[corner + columns] * (1 - right) + grid[corner + columns + 1] * right;
                var noise = 2 * strength * (above * (1 - down) + below * down);
                foreach (ref var value in pixels.Slice(4 * (y * Width + x), 3))
                    value = (byte)Math.Clamp(value + noise, 0, 255);
            }
        }
    }
}
