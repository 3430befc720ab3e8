using System.Runtime.InteropServices;
using SkiaSharp;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Data.Decoding;

/// <summary>
/// Fits a picture of any size to a target shape: scaled, antialiased, so that it just covers it, then the middle of it; or otherwise, as <see cref="Fitting"/> says. Colour becomes
/// grey by its luma (Rec. 601), grey becomes three equal channels.
/// </summary>
/// <param name="Columns">How its columns become those of the target image.</param>
/// <param name="Rows">How its rows do.</param>
/// <param name="Left">Columns of the target that stay free before it.</param>
/// <param name="Top">Rows that do.</param>
internal sealed record ImageFit(ResampleAxis Columns, ResampleAxis Rows, int Left, int Top)
{
    /// <summary>What is free is mid grey: near the mean of most images, so that it is near 0 after preprocessing.</summary>
    public const byte Free = 128;

    /// <summary>By how much the sides of a picture are scaled.</summary>
    public static (double Across, double Down) Scale(int width, int height, FeatureShape target, Fitting fitting)
    {
        var (across, down) = ((double)target.Width / width, (double)target.Height / height);
        return fitting switch
        {
            Fitting.Squash => (across, down),
            Fitting.Pad => (Math.Min(across, down), Math.Min(across, down)),
            _ => (Math.Max(across, down), Math.Max(across, down)),
        };
    }

    /// <summary>Where the pixels of an upright picture come to lie in the target image.</summary>
    public static SKMatrix Placement(int width, int height, FeatureShape target, Fitting fitting)
    {
        var (across, down) = Scale(width, height, target, fitting);
        var (scaledWidth, scaledHeight) = (Scaled(width, across, target.Width, fitting), Scaled(height, down, target.Height, fitting));
        return SKMatrix.CreateScaleTranslation(
            (float)scaledWidth / width, (float)scaledHeight / height, -((scaledWidth - target.Width) / 2), -((scaledHeight - target.Height) / 2));
    }

    /// <summary>Fits a picture that a codec may have decoded smaller than it is.</summary>
    /// <param name="columns">How its columns were decoded.</param>
    /// <param name="rows">How its rows were.</param>
    /// <param name="target">The shape that is wanted.</param>
    /// <param name="resizing">How it is resized.</param>
    public static ImageFit Of(DecodedAxis columns, DecodedAxis rows, FeatureShape target, Resizing resizing)
    {
        var (across, down) = Scale(columns.Length, rows.Length, target, resizing.Fit);
        var (width, height) = (Scaled(columns.Length, across, target.Width, resizing.Fit), Scaled(rows.Length, down, target.Height, resizing.Fit));
        return new(Axis(columns, width, target.Width, resizing.Interpolation), Axis(rows, height, target.Height, resizing.Interpolation), Math.Max((target.Width - width) / 2, 0), Math.Max((target.Height - height) / 2, 0));
    }

    /// <summary>Fits an image given as [C, H, W] of <paramref name="source"/>.</summary>
    public static void Fit(ReadOnlySpan<byte> planes, FeatureShape source, FeatureShape target, Resizing resizing, Span<byte> output)
    {
        var plane = source.Height * source.Width;
        var green = source.Maps == 1 ? 0 : plane;
        var pixels = new byte[4 * plane];
        for (var i = 0; i < plane; i++)
            (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = (planes[i], planes[green + i], planes[2 * green + i], 255);
        var fit = Of(DecodedAxis.Whole(source.Width), DecodedAxis.Whole(source.Height), target, resizing);
        fit.Write(MemoryMarshal.Cast<byte, uint>(pixels), source.Width, target, output);
    }

    /// <summary>Fits decoded pixels.</summary>
    /// <param name="rgba">The whole picture, [H, W].</param>
    /// <param name="width">Its width.</param>
    /// <param name="target">The shape that is wanted, of 1 or 3 channels.</param>
    /// <param name="output">Filled with [C, H, W] of <paramref name="target"/>.</param>
    public void Write(ReadOnlySpan<uint> rgba, int width, FeatureShape target, Span<byte> output) =>
        Write(MemoryMarshal.AsBytes(rgba[(Rows.First * width + Columns.First)..]), 4 * width, target, output);

    /// <summary>Fits decoded pixels.</summary>
    /// <param name="rgba">The picture from the first needed pixel on.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="target">The shape that is wanted, of 1 or 3 channels.</param>
    /// <param name="output">Filled with [C, H, W] of <paramref name="target"/>.</param>
    public void Write(ReadOnlySpan<byte> rgba, int stride, FeatureShape target, Span<byte> output)
    {
        if (Columns.Count < target.Width || Rows.Count < target.Height)
            output.Fill(Free);
        Resampler.Resample(rgba, stride, Columns, Rows, target, output[(Top * target.Width + Left)..]);
    }

    private static ResampleAxis Axis(DecodedAxis axis, int scaled, int wanted, Interpolation interpolation) =>
        new(axis.Decoded, axis.Origin, axis.Shrunk * axis.Length / scaled, Math.Max((scaled - wanted) / 2, 0), Math.Min(scaled, wanted), interpolation);

    private static int Scaled(int length, double scale, int wanted, Fitting fitting)
    {
        var scaled = (int)Math.Round(length * scale);
        return fitting == Fitting.Pad ? Math.Clamp(scaled, 1, wanted) : Math.Max(wanted, scaled);
    }
}
