using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Trust;

/// <summary>Where the object of an image is, as the network sees it.</summary>
/// <param name="Pixels">[H, W] of the network's input: true on the object.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public sealed record ObjectMask(bool[] Pixels, int Height, int Width)
{
    /// <summary>Whether a pixel shows the object; none outside of the image does.</summary>
    public bool this[int y, int x] => y >= 0 && y < Height && x >= 0 && x < Width && Pixels[(y * Width) + x];

    /// <summary>The object's share of the pixels, 0 … 1.</summary>
    public double Area => Pixels.Average(inside => inside ? 1.0 : 0);

    /// <summary>The mask of an image.</summary>
    /// <param name="images">The images.</param>
    /// <param name="index">The image's index.</param>
    /// <param name="preprocessor">Crops them for the network.</param>
    /// <returns>The mask; null where the data do not know it.</returns>
    public static ObjectMask? Of(ImageSet images, int index, Preprocessor preprocessor)
    {
        if (images.Mask(index) is not { } decoded)
            return null;
        var (crop, input) = (preprocessor.Centre, preprocessor.Input);
        var pixels = new bool[input.Height * input.Width];
        for (var y = 0; y < input.Height; y++)
            decoded.AsSpan(((crop.Top + y) * images.Shape.Width) + crop.Left, input.Width).CopyTo(pixels.AsSpan(y * input.Width));
        return new(pixels, input.Height, input.Width);
    }

    /// <summary>The share of a projection's energy, Σ p², that lies on the object.</summary>
    /// <param name="projection">[C, h, w] of the region.</param>
    /// <param name="region">The region; it may reach over the border of the image.</param>
    /// <returns>0 … 1; null where the projection is 0 throughout.</returns>
    public double? EnergyShare(ReadOnlySpan<float> projection, PixelRegion region)
    {
        var (inside, all) = (0.0, 0.0);
        for (var i = 0; i < projection.Length; i++)
        {
            var pixel = i % (region.Height * region.Width);
            var energy = (double)projection[i] * projection[i];
            all += energy;
            if (this[region.Top + (pixel / region.Width), region.Left + (pixel % region.Width)])
                inside += energy;
        }
        return all > 0 ? inside / all : null;
    }

    /// <summary>The object's share of the part of a region that lies inside the image: what a projection spread evenly would put on it.</summary>
    public double AreaWithin(PixelRegion region)
    {
        var part = region.ClipTo(Height, Width);
        var inside = 0;
        for (var y = part.Top; y < part.Top + part.Height; y++)
        {
            for (var x = part.Left; x < part.Left + part.Width; x++)
                inside += this[y, x] ? 1 : 0;
        }
        return (double)inside / (part.Height * part.Width);
    }
}
