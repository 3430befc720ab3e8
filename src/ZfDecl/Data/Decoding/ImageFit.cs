using System.Runtime.InteropServices;
using SkiaSharp;
using ZfDecl.Networks;

namespace ZfDecl.Data.Decoding;

/// <summary>
/// Fits a picture of any size to a target shape: scaled, antialiased, so that it just covers it, then the middle of it. Colour becomes grey by its luma
/// (Rec. 601), grey becomes three equal channels.
/// </summary>
/// <param name="Columns">How its columns become those of the target image.</param>
/// <param name="Rows">How its rows do.</param>
internal sealed record ImageFit(ResampleAxis Columns, ResampleAxis Rows)
{
    /// <summary>By how much a picture is scaled, so that it just covers a target image.</summary>
    public static double Scale(int width, int height, FeatureShape target) => Math.Max((double)target.Width / width, (double)target.Height / height);

    /// <summary>Where the pixels of an upright picture come to lie in the target image.</summary>
    public static SKMatrix Placement(int width, int height, FeatureShape target)
    {
        var scale = Scale(width, height, target);
        var (scaledWidth, scaledHeight) = (Scaled(width, scale, target.Width), Scaled(height, scale, target.Height));
        return SKMatrix.CreateScaleTranslation(
            (float)scaledWidth / width, (float)scaledHeight / height, -((scaledWidth - target.Width) / 2), -((scaledHeight - target.Height) / 2));
    }

    /// <summary>Fits a picture that a codec may have decoded smaller than it is.</summary>
    /// <param name="columns">How its columns were decoded.</param>
    /// <param name="rows">How its rows were.</param>
    /// <param name="target">The shape that is wanted.</param>
    public static ImageFit Of(DecodedAxis columns, DecodedAxis rows, FeatureShape target)
    {
        var scale = Scale(columns.Length, rows.Length, target);
        return new(Axis(columns, scale, target.Width), Axis(rows, scale, target.Height));
    }

    /// <summary>Fits an image given as [C, H, W] of <paramref name="source"/>.</summary>
    public static void Fit(ReadOnlySpan<byte> planes, FeatureShape source, FeatureShape target, Span<byte> output)
    {
        var plane = source.Height * source.Width;
        var green = source.Maps == 1 ? 0 : plane;
        var pixels = new byte[4 * plane];
        for (var i = 0; i < plane; i++)
            (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = (planes[i], planes[green + i], planes[2 * green + i], 255);
        var fit = Of(DecodedAxis.Whole(source.Width), DecodedAxis.Whole(source.Height), target);
        fit.Write(MemoryMarshal.Cast<byte, uint>(pixels), source.Width, target, output);
    }

    /// <summary>Fits decoded pixels.</summary>
    /// <param name="rgba">The whole picture, [H, W].</param>
    /// <param name="width">Its width.</param>
    /// <param name="target">The shape that is wanted, of 1 or 3 channels.</param>
    /// <param name="output">Filled with [C, H, W] of <paramref name="target"/>.</param>
    public void Write(ReadOnlySpan<uint> rgba, int width, FeatureShape target, Span<byte> output) =>
        Resampler.Resample(MemoryMarshal.AsBytes(rgba[(Rows.First * width + Columns.First)..]), 4 * width, Columns, Rows, target, output);

    private static ResampleAxis Axis(DecodedAxis axis, double scale, int wanted)
    {
        var scaled = Scaled(axis.Length, scale, wanted);
        return new(axis.Decoded, axis.Origin, axis.Shrunk * axis.Length / scaled, (scaled - wanted) / 2, wanted);
    }

    private static int Scaled(int length, double scale, int wanted) => Math.Max(wanted, (int)Math.Round(length * scale));
}
