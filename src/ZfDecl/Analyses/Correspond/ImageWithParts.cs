using ZfDecl.Data.Batching;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Correspond;

/// <summary>An image with parts.</summary>
/// <param name="Name">What the file of the parts calls it.</param>
/// <param name="Decoded">[C, h, w] of the decoded shape, 0 … 255.</param>
/// <param name="Parts">Where its parts lie in what the network sees of it; inside of that.</param>
public sealed record ImageWithParts(string Name, byte[] Decoded, IReadOnlyDictionary<string, PixelRegion> Parts)
{
    /// <summary>The decoded image with a region filled with the mean colour of what the network sees of the image.</summary>
    /// <param name="region">The region, in the network's input.</param>
    /// <param name="preprocessor">Makes the network's inputs.</param>
    public byte[] Occluded(PixelRegion region, Preprocessor preprocessor)
    {
        var (input, decoded, centre) = (preprocessor.Input, preprocessor.Decoded, preprocessor.Centre);
        var (occluded, crop) = (Decoded.ToArray(), preprocessor.CentreCrop(Decoded));
        var plane = input.Height * input.Width;
        for (var channel = 0; channel < input.Maps; channel++)
        {
            var sum = 0L;
            foreach (var pixel in crop.AsSpan(channel * plane, plane))
                sum += pixel;
            var mean = (byte)((sum + plane / 2) / plane);
            for (var y = region.Top; y < region.Top + region.Height; y++)
                occluded.AsSpan((channel * decoded.Height + centre.Top + y) * decoded.Width + centre.Left + region.Left, region.Width).Fill(mean);
        }
        return occluded;
    }
}
