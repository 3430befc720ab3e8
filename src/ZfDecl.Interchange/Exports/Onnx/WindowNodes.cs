using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Interchange.Exports.Onnx;

/// <summary>
/// Convolutions and poolings. Where windows stick out beyond the padding, that is written as padding at the far side: what runtimes make of <c>ceil_mode</c> differs in when the last window counts, and
/// in what a mean is divided by.
/// </summary>
internal static class WindowNodes
{
    public static void Convolve(LayerNodes at, Operation.Convolution of)
    {
        var (window, maps) = (of.Window, at.Output.Maps);
        string[] inputs = [at.X, at.Weight("weight", maps, at.Input.Maps / of.Groups, window.Kernel.Y, window.Kernel.X)];
        at.Result("Conv", of.Bias ? [.. inputs, at.Weight("bias", maps)] : inputs, [.. Attributes(window, window.Padding), ("dilations", Two(window.Dilation)), ("group", (long)of.Groups)]);
    }

    public static void Maximum(LayerNodes at, Operation.MaxPooling of)
    {
        var (window, beyond) = (of.Window, Beyond(at, of.Window));
        if (IsWhole(at, window))
            at.Result("GlobalMaxPool", [at.X]);
        else if (beyond != window.Padding && IsRoundedUp(at, window))
            at.Result("MaxPool", [at.X], [.. Attributes(window, window.Padding), ("dilations", Two(window.Dilation)), ("ceil_mode", 1L)]);
        else if (Fits(window, beyond))
            at.Result("MaxPool", [at.X], [.. Attributes(window, beyond), ("dilations", Two(window.Dilation))]);
        else
            at.Result("MaxPool", [at.Step("pad", "Pad", [at.X, at.Constant("pads", OfPad(beyond)), at.Constant("least", double.NegativeInfinity)])], [.. Attributes(window, default), ("dilations", Two(window.Dilation))]);
    }

    public static void Average(LayerNodes at, Operation.AveragePooling of)
    {
        var (window, beyond) = (of.Window, Beyond(at, of.Window));
        var counted = of.PaddingCounts ? window.Padding : default;
        if (IsWhole(at, window))
            at.Result("GlobalAveragePool", [at.X]);
        else if (window.IsDilated)
            AverageOfTaps(at, window, beyond, counted);
        else if (counted.IsNone || beyond == counted)
            at.Result("AveragePool", [at.X], [.. Attributes(window, beyond), ("count_include_pad", counted.IsNone ? 0L : 1L)]);
        else
            at.Result("AveragePool", [at.Step("pad", "Pad", [at.X, at.Constant("pads", OfPad(counted)), at.Constant("zero", 0.0)])],
                [.. Attributes(window, new(beyond.Top - counted.Top, beyond.Left - counted.Left, beyond.Bottom - counted.Bottom, beyond.Right - counted.Right)), ("count_include_pad", 0L)]);
    }

    /// <summary>Padding as the operator Pad takes it for [N, C, H, W].</summary>
    public static long[] OfPad(Sides sides) => [0, 0, sides.Top, sides.Left, 0, 0, sides.Bottom, sides.Right];

    /// <summary>Operators average over dilated windows from version 19 on: the sum of the taps by a convolution with ones, over how many of them count.</summary>
    private static void AverageOfTaps(LayerNodes at, Window window, Sides beyond, Sides counted)
    {
        var (maps, area) = (at.Input.Maps, window.Kernel.Y * window.Kernel.X);
        at.Room(((long)maps * area) + ((long)at.Output.Height * at.Output.Width));
        var ones = at.Constant("ones", [.. Enumerable.Repeat(1f, maps * area)], maps, 1, window.Kernel.Y, window.Kernel.X);
        var sum = at.Step("sum", "Conv", [at.X, ones], [.. Attributes(window, beyond), ("dilations", Two(window.Dilation)), ("group", (long)maps)]);
        int[] rows = Taps(at.Output.Height, window.Kernel.Y, window.Stride.Y, window.Dilation.Y, window.Padding.Top, -counted.Top, at.Input.Height + counted.Bottom);
        int[] columns = Taps(at.Output.Width, window.Kernel.X, window.Stride.X, window.Dilation.X, window.Padding.Left, -counted.Left, at.Input.Width + counted.Right);
        at.Result("Div", [sum, at.Constant("count", [.. rows.SelectMany(row => columns.Select(column => (float)(row * column)))], 1, 1, rows.Length, columns.Length)]);
    }

    /// <summary>Of each position of a window, how many of its taps lie within bounds.</summary>
    private static int[] Taps(int positions, int kernel, int stride, int dilation, int before, int from, int to) =>
        [.. Enumerable.Range(0, positions).Select(position => Enumerable.Range(0, kernel).Count(tap => position * stride - before + tap * dilation is var at && at >= from && at < to))];

    /// <summary>The padding with what windows see beyond it.</summary>
    private static Sides Beyond(LayerNodes at, Window window)
    {
        var (padding, overhang) = (window.Padding, window.Overhang(at.Input, at.Output));
        return padding with { Bottom = Math.Max(padding.Bottom, overhang.Bottom), Right = Math.Max(padding.Right, overhang.Right) };
    }

    /// <summary>Whether it is one window, the whole map.</summary>
    private static bool IsWhole(LayerNodes at, Window window) => window.Kernel == new Pair(at.Input.Height, at.Input.Width) && window.Padding.IsNone && !window.IsDilated && at.Output is { Height: 1, Width: 1 };

    /// <summary>Whether rounding up alone, without a look at where the last window begins, comes to the same number of positions.</summary>
    private static bool IsRoundedUp(LayerNodes at, Window window)
    {
        var (padded, reach) = (window.Padded(at.Input), window.EffectiveKernel);
        return Fits(window, window.Padding) && Up(padded.Y - reach.Y, window.Stride.Y) == at.Output.Height && Up(padded.X - reach.X, window.Stride.X) == at.Output.Width;

        static int Up(int slack, int stride) => (slack + stride - 1) / stride + 1;
    }

    /// <summary>Whether padding is less than the kernel, as runtimes want it of a pooling.</summary>
    private static bool Fits(Window window, Sides padding) => Math.Max(padding.Top, padding.Bottom) < window.Kernel.Y && Math.Max(padding.Left, padding.Right) < window.Kernel.X;

    private static (string, object)[] Attributes(Window window, Sides padding) =>
        [("kernel_shape", Two(window.Kernel)), ("strides", Two(window.Stride)), ("pads", new long[] { padding.Top, padding.Left, padding.Bottom, padding.Right })];

    private static long[] Two(Pair pair) => [pair.Y, pair.X];
}
