using SkiaSharp;

namespace ZfDecl.Imaging;

/// <summary>Colours for numbers, from dark violet to yellow: evenly spaced to the eye, in grey and for the colour-blind too (the colours of matplotlib's viridis).</summary>
internal static class Viridis
{
    private static readonly SKColor[] Steps =
    [
        new(0x44, 0x01, 0x54), new(0x47, 0x2D, 0x7B), new(0x3B, 0x52, 0x8B), new(0x2C, 0x72, 0x8E), new(0x21, 0x91, 0x8C),
        new(0x28, 0xAE, 0x80), new(0x5E, 0xC9, 0x62), new(0xAD, 0xDC, 0x30), new(0xFD, 0xE7, 0x25),
    ];

    /// <summary>The colour of a share, 0 … 1; beyond, of the nearer end.</summary>
    public static SKColor At(double share)
    {
        var position = Math.Clamp(share, 0, 1) * (Steps.Length - 1);
        var below = Math.Min((int)position, Steps.Length - 2);
        var (from, to, part) = (Steps[below], Steps[below + 1], position - below);
        return new(Between(from.Red, to.Red), Between(from.Green, to.Green), Between(from.Blue, to.Blue));

        byte Between(byte a, byte b) => (byte)Math.Round(a + ((b - a) * part));
    }

    /// <summary>The whole scale, from left to right.</summary>
    public static SKShader Across(SKRect box) => SKShader.CreateLinearGradient(new(box.Left, 0), new(box.Right, 0), Steps, SKShaderTileMode.Clamp);
}
