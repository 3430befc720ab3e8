using ZfDecl.Data.Batching;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Correspond;

/// <summary>An image with parts.</summary>
/// <param name="Name">What the file of the parts calls it.</param>
/// <param name="Stored">[C, h, w] of the stored shape, 0 … 255.</param>
/// <param name="Parts">Where its parts lie in what the network sees of it; inside of that.</param>
public sealed record ImageWithParts(string Name, byte[] Stored, IReadOnlyDictionary<string, PixelRegion> Parts)
{
    /// <summary>The stored image with a place filled with the mean colour of what the network sees of the image.</summary>
    /// <param name="region">The place, in the network's input.</param>
    /// <param name="preprocessor">Makes the network's inputs.</param>
    public byte[] Occluded(PixelRegion region, Preprocessor preprocessor)
    {
        var (input, stored, centre) = (preprocessor.Input, preprocessor.Stored, preprocessor.Centre);
        var (occluded, seen) = (Stored.ToArray(), preprocessor.CentreCrop(Stored));
        var plane = input.Height * input.Width;
        for (var channel = 0; channel < input.Maps; channel++)
        {
            var sum = 0L;
            foreach (var pixel in seen.AsSpan(channel * plane, plane))
                sum += pixel;
            var mean = (byte)((sum + plane / 2) / plane);
            for (var y = region.Top; y < region.Top + region.Height; y++)
                occluded.AsSpan((channel * stored.Height + centre.Top + y) * stored.Width + centre.Left + region.Left, region.Width).Fill(mean);
        }
        return occluded;
    }
}
