using ZfDecl.Generators.Language;

namespace ZfDecl.Generators.Model;

/// <summary>A window that slides over a feature map: the geometry that convolution and pooling share.</summary>
internal readonly record struct Window(Pair Kernel, Pair Stride, Sides Padding, Pair Dilation)
{
    /// <summary>A square of odd side around each unit: it has as many positions as the map has units.</summary>
    public static Window Around(int side) => new(new(side, side), new(1, 1), Sides.Of(new(side / 2, side / 2)), new(1, 1));

    /// <summary>The extent that a dilated kernel covers: dilation · (kernel − 1) + 1.</summary>
    public Pair EffectiveKernel => new((Dilation.Y * (Kernel.Y - 1)) + 1, (Dilation.X * (Kernel.X - 1)) + 1);

    public bool IsDilated => Dilation != new Pair(1, 1);

    /// <summary>The window with the padding that a spec writes, over an input of that shape.</summary>
    public Window With(Padding padding, Shape input)
    {
        if (padding.Rule == SamePadding.None || !input.HasExtent)
            return this with { Padding = padding.Written };
        var (rows, columns) = (Missing(input.Height, EffectiveKernel.Y, Stride.Y), Missing(input.Width, EffectiveKernel.X, Stride.X));
        var near = padding.Rule == SamePadding.Lower ? new Pair((rows + 1) / 2, (columns + 1) / 2) : new Pair(rows / 2, columns / 2);
        return this with { Padding = new(near.Y, near.X, rows - near.Y, columns - near.X) };
    }

    /// <summary>The size of a map with its padding.</summary>
    public Pair Padded(Shape shape) => new(shape.Height + Padding.Top + Padding.Bottom, shape.Width + Padding.Left + Padding.Right);

    /// <summary>Whether the window fits into the padded map at least once.</summary>
    public bool FitsInto(Shape shape) => EffectiveKernel.Y <= Padded(shape).Y && EffectiveKernel.X <= Padded(shape).X;

    /// <summary>Whether no position of the window reaches beyond the map.</summary>
    public bool StaysInside(Shape input, Shape output) => Padding.IsNone && Overhang(input, output) is { Bottom: <= 0, Right: <= 0 };

    /// <summary>What the windows see beyond the map on each side; less than 0 where rows or columns at its end are never seen.</summary>
    public Sides Overhang(Shape input, Shape output) => new(
        Padding.Top,
        Padding.Left,
        ((output.Height - 1) * Stride.Y) + EffectiveKernel.Y - Padding.Top - input.Height,
        ((output.Width - 1) * Stride.X) + EffectiveKernel.X - Padding.Left - input.Width);

    /// <summary>The number of positions of the window, vertically and horizontally.</summary>
    /// <param name="shape">What it slides over.</param>
    /// <param name="roundUp">
    /// Whether a last window may stick out (PyTorch's ceil mode: it must still begin inside the map or its leading padding).
    /// </param>
    public Pair OutputSize(Shape shape, bool roundUp) => new(
        Positions(shape.Height, EffectiveKernel.Y, Stride.Y, Padding.Top, Padding.Bottom, roundUp), Positions(shape.Width, EffectiveKernel.X, Stride.X, Padding.Left, Padding.Right, roundUp));

    private static int Positions(int extent, int effectiveKernel, int stride, int before, int behind, bool roundUp)
    {
        var slack = extent + before + behind - effectiveKernel;
        var positions = ((slack + (roundUp ? stride - 1 : 0)) / stride) + 1;
        return roundUp && (positions - 1) * stride >= extent + before ? positions - 1 : positions;
    }

    private static int Missing(int extent, int effectiveKernel, int stride) => Math.Max(0, ((((extent + stride - 1) / stride) - 1) * stride) + effectiveKernel - extent);
}
