using ZfDecl.Networks;

namespace ZfDecl.Data.Batching;

/// <summary>The middle of a stored image, as large as a network's input.</summary>
internal readonly struct CentreCrop
{
    private readonly FeatureShape stored;

    /// <exception cref="ArgumentException">The input has other channels than the stored images, or is larger.</exception>
    public CentreCrop(FeatureShape stored, FeatureShape input)
    {
        if (stored.Maps != input.Maps || stored.Height < input.Height || stored.Width < input.Width)
            throw new ArgumentException($"images of {stored} hold no crop of {input}", nameof(input));
        this.stored = stored;
        Region = new((stored.Height - input.Height) / 2, (stored.Width - input.Width) / 2, input.Height, input.Width);
    }

    /// <summary>Where the crop lies in the stored image.</summary>
    public PixelRegion Region { get; }

    /// <summary>Copies the crop of [C, h, w] into [C, H, W].</summary>
    public void Copy(ReadOnlySpan<byte> pixels, Span<byte> output)
    {
        for (var channel = 0; channel < stored.Maps; channel++)
        {
            for (var y = 0; y < Region.Height; y++)
            {
                var from = (channel * stored.Height + Region.Top + y) * stored.Width + Region.Left;
                pixels.Slice(from, Region.Width).CopyTo(output[((channel * Region.Height + y) * Region.Width)..]);
            }
        }
    }
}
