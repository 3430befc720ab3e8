using ZfDecl.Networks;

namespace ZfDecl.Data.Batching;

/// <summary>The middle of a decoded image, as large as a network's input.</summary>
internal readonly struct CentreCrop
{
    private readonly FeatureShape decoded;

    /// <exception cref="ArgumentException">The input has other channels than the decoded images, or is larger.</exception>
    public CentreCrop(FeatureShape decoded, FeatureShape input)
    {
        if (decoded.Maps != input.Maps || decoded.Height < input.Height || decoded.Width < input.Width)
            throw new ArgumentException($"images of {decoded} hold no crop of {input}", nameof(input));
        this.decoded = decoded;
        Region = new((decoded.Height - input.Height) / 2, (decoded.Width - input.Width) / 2, input.Height, input.Width);
    }

    /// <summary>Where the crop lies in the decoded image.</summary>
    public PixelRegion Region { get; }

    /// <summary>Copies the crop of [C, h, w] into [C, H, W].</summary>
    public void Copy(ReadOnlySpan<byte> pixels, Span<byte> output)
    {
        for (var channel = 0; channel < decoded.Maps; channel++)
        {
            for (var y = 0; y < Region.Height; y++)
            {
                var from = (channel * decoded.Height + Region.Top + y) * decoded.Width + Region.Left;
                pixels.Slice(from, Region.Width).CopyTo(output[((channel * Region.Height + y) * Region.Width)..]);
            }
        }
    }
}
