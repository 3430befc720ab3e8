using ZfDecl.Networks;

namespace ZfDecl.Analyses.Trust;

/// <summary>A picture of one channel.</summary>
/// <param name="Values">[Height, Width].</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal sealed record Plane(double[] Values, int Height, int Width)
{
    /// <summary>A value.</summary>
    public double this[int y, int x] => Values[(y * Width) + x];

    /// <summary>A part of a picture, its channels added up.</summary>
    /// <param name="pixels">[C, H, W].</param>
    /// <param name="shape">C, H and W.</param>
    /// <param name="region">The part; inside of the picture.</param>
    public static Plane Of(ReadOnlySpan<float> pixels, FeatureShape shape, PixelRegion region)
    {
        var values = new double[region.Height * region.Width];
        for (var channel = 0; channel < shape.Maps; channel++)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] += pixels[(((channel * shape.Height) + region.Top + (i / region.Width)) * shape.Width) + region.Left + (i % region.Width)];
        }
        return new(values, region.Height, region.Width);
    }

    /// <summary>The picture divided by its largest magnitude: −1 … 1; as it is where it is 0 throughout.</summary>
    public Plane Scaled() => Values.Max(Math.Abs) is > 0 and var most ? this with { Values = [.. Values.Select(value => value / most)] } : this;
}
