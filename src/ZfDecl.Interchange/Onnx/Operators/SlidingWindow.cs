using ZfDecl.Interchange.Declared;
using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Problems;

namespace ZfDecl.Interchange.Onnx.Operators;

/// <summary>A window as a node's attributes say it.</summary>
internal sealed record SlidingWindow(long[] Kernel, long[] Stride, long[] Dilation, long[] Pads, string Rule, bool RoundUp)
{
    /// <param name="call">The node.</param>
    /// <param name="height">The rows of its kernel.</param>
    /// <param name="width">The columns of its kernel.</param>
    public static SlidingWindow Of(NodeCall call, long height, long width)
    {
        var rule = call.Text("auto_pad", "NOTSET");
        var window = new SlidingWindow([height, width], Two("strides"), Two("dilations"), rule is "NOTSET" or "" ? call.Ints("pads") ?? new long[4] : new long[4], rule, call.Int("ceil_mode", 0) != 0);
        if (window.Pads.Length != 4)
            throw new NotDeclarableException($"its padding has {window.Pads.Length} sides", "a spec's windows have two dimensions");
        if (window.Pads.Any(pad => pad < 0))
            throw new NotDeclarableException("its padding is below 0", "a spec's windows cut nothing off: crop the image instead");
        if (rule is not ("NOTSET" or "" or "VALID" or "SAME_UPPER" or "SAME_LOWER") || window.Kernel.Concat(window.Stride).Concat(window.Dilation).Any(side => side is < 1 or > 4096))
            throw new NotDeclarableException($"its window of {height}x{width}, stride {string.Join("x", window.Stride)}, padding rule '{rule}' cannot be", "check the model");
        return window;

        long[] Two(string name) => call.Ints(name) is not { Length: > 0 } given ? [1, 1] : given.Length == 2 ? given : throw new NotDeclarableException($"it has {given.Length} {name}", "a spec's windows have two dimensions");
    }

    private bool IsSame => Rule is "SAME_UPPER" or "SAME_LOWER";

    /// <summary>What it makes of maps.</summary>
    public DraftShape Output(DraftShape input, int maps) => new(maps, Positions(0, input.Height), Positions(1, input.Width));

    /// <summary>As a spec writes it.</summary>
    /// <param name="isPool">Whether the stride is the kernel's where it is left out.</param>
    public IEnumerable<(string Key, object Value)> Keys(bool isPool)
    {
        yield return ("kernel", Pair(Kernel));
        if (isPool ? !Stride.AsSpan().SequenceEqual(Kernel) : Stride.Any(step => step != 1))
            yield return ("stride", Pair(Stride));
        if (IsSame)
            yield return ("padding", Rule == "SAME_UPPER" ? "same" : "same-lower");
        else if (Pads.Any(pad => pad > 0))
            yield return ("padding", Sides(Pads[0], Pads[1], Pads[2], Pads[3]));
        if (Dilation.Any(step => step != 1))
            yield return ("dilation", Pair(Dilation));
        if (RoundUp && !IsSame)
            yield return ("rounding", "up");
    }

    /// <summary>Padding, as short as a spec can write it.</summary>
    public static object Sides(long top, long left, long bottom, long right) => top == bottom && left == right ? Pair([top, left]) : new[] { top, left, bottom, right };

    private static object Pair(long[] pair) => pair[0] == pair[1] ? pair[0] : pair;

    private int Positions(int dimension, long extent)
    {
        if (IsSame)
            return (int)((extent + Stride[dimension] - 1) / Stride[dimension]);
        var (before, behind, reach) = (Pads[dimension], Pads[dimension + 2], Dilation[dimension] * (Kernel[dimension] - 1) + 1);
        var slack = extent + before + behind - reach;
        if (slack < 0)
            throw new NotDeclarableException($"its window of {Kernel[0]}x{Kernel[1]} is larger than what it slides over", "give the image its size with -p:Size=, or check the model");
        var positions = (slack + (RoundUp ? Stride[dimension] - 1 : 0)) / Stride[dimension] + 1;
        return (int)(RoundUp && (positions - 1) * Stride[dimension] >= extent + before ? positions - 1 : positions);
    }
}
