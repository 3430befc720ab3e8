namespace ZfDecl.Analyses.Occlude;

/// <summary>Neighbouring rows, or columns, of a feature map.</summary>
/// <param name="Start">The first.</param>
/// <param name="Length">How many; at least 1.</param>
internal readonly record struct Interval(int Start, int Length)
{
    /// <summary>One beyond the last.</summary>
    public int End => Start + Length;

    /// <summary>
    /// The outputs of a sliding window that may see any of this: position y looks from <c>y · stride − padding</c> on, <c>dilation · (kernel − 1) + 1</c> wide.
    /// Where none does, the nearest position stands for them.
    /// </summary>
    /// <param name="kernel">Taps of the window.</param>
    /// <param name="stride">From one position to the next.</param>
    /// <param name="padding">Added at the border.</param>
    /// <param name="dilation">From one tap to the next.</param>
    /// <param name="outputs">How many outputs there are.</param>
    public Interval Through(int kernel, int stride, int padding, int dilation, int outputs)
    {
        var reach = (dilation * (kernel - 1)) + 1;
        var first = Math.Clamp(CeilingOf(Start + padding - reach + 1, stride), 0, outputs - 1);
        var last = Math.Clamp(FloorOf(End - 1 + padding, stride), first, outputs - 1);
        return new(first, last - first + 1);
    }

    /// <summary>The least interval that holds this one and another.</summary>
    public Interval Hull(Interval other) => new(Math.Min(Start, other.Start), Math.Max(End, other.End) - Math.Min(Start, other.Start));

    /// <summary>The interval lengthened, and moved so that it stays within an extent.</summary>
    public Interval Widened(int length, int extent) => new(Math.Min(Start, extent - length), length);

    private static int FloorOf(int dividend, int divisor) => (dividend - (((dividend % divisor) + divisor) % divisor)) / divisor;

    private static int CeilingOf(int dividend, int divisor) => -FloorOf(-dividend, divisor);
}
