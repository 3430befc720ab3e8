using ZfDecl.Networks;

namespace ZfDecl.Data.Drawing;

/// <summary>Draws into the bytes of one image, [C, H, W].</summary>
/// <param name="shape">Of the image, with 1 (grey) or 3 channels.</param>
/// <param name="pixels">The image.</param>
internal readonly ref struct Canvas(FeatureShape shape, Span<byte> pixels)
{
    /// <summary>Samples a side in a pixel.</summary>
    private const int Fine = 4;

    private readonly Span<byte> pixels = pixels;

    /// <summary>Fills the whole image.</summary>
    public void Fill(Texture texture)
    {
        var unit = Unit(shape);
        for (var y = 0; y < shape.Height; y++)
            for (var x = 0; x < shape.Width; x++)
                Blend(x, y, texture.At((x + 0.5) / unit, (y + 0.5) / unit), 1);
    }

    /// <summary>Fills a region, with smooth edges; <paramref name="shade"/> is added to the colour from one side of it to the other.</summary>
    public void Fill(IRegion region, Colour colour, double shade = 0)
    {
        var (centre, radius) = (region.Bounds.X, region.Bounds.Radius);
        foreach (var (x, y, coverage) in Coverage(shape, region))
            Blend(x, y, colour.Lighter(shade * ((x + 0.5) / Unit(shape) - centre) / radius), coverage);
    }

    /// <summary>The pixels that a region touches, and the share of each that it covers: at its edge, counted on a grid of 4×4 points.</summary>
    public static IEnumerable<(int X, int Y, double Coverage)> Coverage(FeatureShape shape, IRegion region)
    {
        var unit = Unit(shape);
        var (centreX, centreY, radius) = region.Bounds;
        var (left, right) = Range(centreX, radius, unit, shape.Width);
        var (top, bottom) = Range(centreY, radius, unit, shape.Height);
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                // No point of the pixel is further than half its diagonal from its centre.
                var distance = unit * region.Distance((x + 0.5) / unit, (y + 0.5) / unit);
                if (distance < -0.71)
                    yield return (x, y, 1);
                else if (distance < 0.71 && Count(region, x, y, unit) is > 0 and var inside)
                    yield return (x, y, (double)inside / (Fine * Fine));
            }
        }
    }

    private static int Count(IRegion region, int x, int y, double unit)
    {
        var inside = 0;
        for (var sample = 0; sample < Fine * Fine; sample++)
        {
            var (down, along) = (sample / Fine, sample % Fine);
            if (region.Distance((x + (along + 0.5) / Fine) / unit, (y + (down + 0.5) / Fine) / unit) <= 0)
                inside++;
        }
        return inside;
    }

    private static double Unit(FeatureShape shape) => Math.Min(shape.Height, shape.Width);

    private static (int First, int End) Range(double centre, double radius, double unit, int size) =>
        (Math.Clamp((int)Math.Floor((centre - radius) * unit), 0, size), Math.Clamp((int)Math.Ceiling((centre + radius) * unit), 0, size));

    private void Blend(int x, int y, Colour colour, double coverage)
    {
        if (shape.Maps == 1)
        {
            Blend(0, x, y, colour.Luma, coverage);
            return;
        }
        Blend(0, x, y, colour.Red, coverage);
        Blend(1, x, y, colour.Green, coverage);
        Blend(2, x, y, colour.Blue, coverage);
    }

    private void Blend(int channel, int x, int y, double value, double coverage)
    {
        ref var pixel = ref pixels[(channel * shape.Height + y) * shape.Width + x];
        pixel = (byte)(Math.Clamp(pixel + (value - pixel) * coverage, 0, 255) + 0.5);
    }
}
