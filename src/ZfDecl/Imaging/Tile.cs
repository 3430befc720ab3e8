using System.Numerics;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Imaging;

/// <summary>A projection and its patch at the size they are shown in, before whole-factor enlargement.</summary>
/// <param name="Projection">[C, height, width]; 0 outside of the image.</param>
/// <param name="Patch">[C, height, width], 0 … 255.</param>
/// <param name="Inside">[height, width]: whether at least half of the pixel's area lies inside the image.</param>
internal sealed record Tile(float[] Projection, byte[] Patch, bool[] Inside)
{
    /// <param name="unit">The unit to show.</param>
    /// <param name="input">The shape of the network's input.</param>
    /// <param name="height">Rows of the tile, at most those of the unit's region.</param>
    /// <param name="width">Columns of the tile, at most those of the unit's region.</param>
    public static Tile Of(VisualizedUnit unit, FeatureShape input, int height, int width)
    {
        var region = unit.Region;
        var coverage = AreaAverage.Reduce(Coverage(region, input), region.Height, region.Width, height, width);
        var (area, pixels) = (region.Height * region.Width, height * width);
        var (projection, patch) = (new float[input.Maps * pixels], new byte[input.Maps * pixels]);
        var plane = new float[area];
        for (var c = 0; c < input.Maps; c++)
        {
            var reduced = AreaAverage.Reduce(unit.Projection.AsSpan(c * area, area), region.Height, region.Width, height, width);
            ToSingle(unit.Patch.AsSpan(c * area, area), plane);
            var raw = AreaAverage.Reduce(plane, region.Height, region.Width, height, width);
            for (var i = 0; i < pixels; i++)
            {
                if (coverage[i] < 0.5f)
                    continue;
                // The mean over the part of the pixel that lies inside: the emptiness beyond would darken the border.
                projection[c * pixels + i] = reduced[i] / coverage[i];
                patch[c * pixels + i] = (byte)Math.Clamp(MathF.Round(raw[i] / coverage[i]), 0, 255);
            }
        }
        return new(projection, patch, [.. coverage.Select(share => share >= 0.5f)]);
    }

    /// <returns>[height, width] of the region: 1 inside of the image, 0 outside.</returns>
    private static float[] Coverage(PixelRegion region, FeatureShape input)
    {
        var inside = region.ClipTo(input.Height, input.Width);
        var coverage = new float[region.Height * region.Width];
        for (var y = 0; y < inside.Height; y++)
            coverage.AsSpan((inside.Top - region.Top + y) * region.Width + inside.Left - region.Left, inside.Width).Fill(1);
        return coverage;
    }

    private static void ToSingle(ReadOnlySpan<byte> from, Span<float> to)
    {
        var (i, quarter) = (0, Vector<float>.Count);
        for (; i <= from.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(from[i..]), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            Vector.ConvertToSingle(Vector.AsVectorInt32(first)).CopyTo(to[i..]);
            Vector.ConvertToSingle(Vector.AsVectorInt32(second)).CopyTo(to[(i + quarter)..]);
            Vector.ConvertToSingle(Vector.AsVectorInt32(third)).CopyTo(to[(i + 2 * quarter)..]);
            Vector.ConvertToSingle(Vector.AsVectorInt32(fourth)).CopyTo(to[(i + 3 * quarter)..]);
        }
        for (; i < from.Length; i++)
            to[i] = from[i];
    }
}
