namespace ZfDecl.Data.Decoding;

/// <summary>Images of one channel as images of three, and the other way round: for a network that takes other images than those that are there.</summary>
public static class ChannelCount
{
    /// <summary>Changes the number of channels.</summary>
    /// <param name="pixels">[C, H, W], 0 … 255.</param>
    /// <param name="from">Its channels, 1 or 3, red first.</param>
    /// <param name="to">Those that are wanted, 1 or 3: grey becomes red, green and blue alike; colours become grey by their luminance (ITU-R BT.601).</param>
    /// <exception cref="ArgumentException">There is no such change.</exception>
    public static byte[] Adapt(byte[] pixels, int from, int to)
    {
        if (from == to)
            return pixels;
        var plane = pixels.Length / from;
        return (from, to) switch
        {
            (1, 3) => [.. pixels, .. pixels, .. pixels],
            (3, 1) => [.. Enumerable.Range(0, plane).Select(i => (byte)((0.299f * pixels[i]) + (0.587f * pixels[plane + i]) + (0.114f * pixels[(2 * plane) + i]) + 0.5f))],
            _ => throw new ArgumentException($"images of {from} channels are not shown as images of {to}", nameof(to)),
        };
    }
}
