using ZfDecl.Networks;

namespace ZfDecl.Projection;

/// <summary>A projection, there where it can differ from 0. It may be read only until the method it was handed to returns.</summary>
public readonly struct PixelSignal
{
    private readonly SignalWindow window;

    internal PixelSignal(SignalWindow window) => this.window = window;

    /// <summary>The rectangle of pixels, inside of the image; beyond it the projection is 0.</summary>
    public PixelRegion Region => window.Region;

    /// <summary>Copies what lies in a region of the image.</summary>
    /// <param name="region">The region; it may reach over the border of the image.</param>
    /// <param name="output">[C, h, w] of the region; what the projection does not reach is left as it is.</param>
    public void CopyTo(PixelRegion region, Span<float> output)
    {
        var values = window.Values;
        var (own, channels) = (window.Region, window.Maps);
        var (top, left) = (Math.Max(own.Top, region.Top), Math.Max(own.Left, region.Left));
        var (bottom, right) = (Math.Min(own.Top + own.Height, region.Top + region.Height), Math.Min(own.Left + own.Width, region.Left + region.Width));
        for (var c = 0; c < channels && left < right; c++)
        {
            for (var y = top; y < bottom; y++)
            {
                var from = (((((y - own.Top) * own.Width) + left - own.Left) * channels) + c);
                var to = output[((((c * region.Height) + y - region.Top) * region.Width) + left - region.Left)..];
                for (var x = 0; x < right - left; x++)
                    to[x] = values[from + (x * channels)];
            }
        }
    }
}
