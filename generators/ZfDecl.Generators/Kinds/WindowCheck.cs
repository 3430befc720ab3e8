using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

/// <summary>Whether the window of a convolution or a pooling fits its input, and what it never sees of it.</summary>
internal static class WindowCheck
{
    /// <summary>The output size of a window over the input. Null where it does not fit, which is reported; 0 where the input is not known. One that skips pixels gets a warning.</summary>
    public static Pair? OutputSize(this LayerContext layer, Window window, bool roundUp, Key kernel)
    {
        if (!layer.Input.HasExtent)
            return new Pair(0, 0);
        if (!window.FitsInto(layer.Input))
        {
            var padded = window.Padded(layer.Input);
            var extent = window.EffectiveKernel == window.Kernel ? window.Kernel.Times : $"{window.Kernel.Times}, which dilation {window.Dilation} widens to {window.EffectiveKernel.Times},";
            _ = layer.Fail(Codes.KernelTooLarge, layer.Settings.SpanOf(kernel), $"kernel {extent} is larger than its padded input {padded.Times}; use a kernel ≤ {Math.Min(padded.Y, padded.X)} or raise the padding");
            return null;
        }
        if (SkipsPixels(window))
            layer.Warn(Codes.SkippedPixels, $"stride {window.Stride} is larger than the kernel {window.EffectiveKernel.Times}: what lies between two windows is never seen; use a larger kernel or a smaller stride");
        return window.OutputSize(layer.Input, roundUp);
    }

    /// <summary>Warns where the last window ends so early that rows or columns at the far border are never seen.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="window">The window.</param>
    /// <param name="size">Its number of positions, height and width.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="leastShare">Silent unless at least one in so many rows or columns is lost; null to speak of each.</param>
    public static void WarnOfUnseenBorder(this LayerContext layer, Window window, Pair size, string remedy, int? leastShare = null)
    {
        var overhang = window.Overhang(layer.Input, layer.Input with { Height = size.Y, Width = size.X });
        var (rows, columns) = (-overhang.Bottom, -overhang.Right);
        var lost = new[] { Lost(rows, layer.Input.Height, "row"), Lost(columns, layer.Input.Width, "column") }.OfType<string>().ToList();
        if (lost.Count > 0 && !SkipsPixels(window))
            layer.Warn(Codes.UnseenBorder, $"its last window ends before the border: {string.Join(" and ", lost)} are never seen; {remedy}");

        string? Lost(int count, int of, string what) => count > 0 && count * (leastShare ?? of) >= of ? $"{count} of {of} {what}s" : null;
    }

    private static bool SkipsPixels(Window window) => window.Stride.Y > window.EffectiveKernel.Y || window.Stride.X > window.EffectiveKernel.X;
}
