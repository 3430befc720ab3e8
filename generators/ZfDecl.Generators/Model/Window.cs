using ZfDecl.Generators.Language;

namespace ZfDecl.Generators.Model;

/// <summary>A window that slides over a feature map: the geometry that convolution and pooling share.</summary>
internal readonly record struct Window(Pair Kernel, Pair Stride, Pair Padding, Pair Dilation)
{
    /// <summary>A square of odd side around each position: its positions are those of the map.</summary>
    public static Window Around(int side) => new(new(side, side), new(1, 1), new(side / 2, side / 2), new(1, 1));

    /// <summary>The extent that a dilated kernel covers: dilation · (kernel − 1) + 1.</summary>
    public Pair EffectiveKernel => new((Dilation.Y * (Kernel.Y - 1)) + 1, (Dilation.X * (Kernel.X - 1)) + 1);

    /// <summary>Whether the window fits into the padded map at least once.</summary>
    public bool FitsInto(Shape shape) => EffectiveKernel.Y <= shape.Height + (2 * Padding.Y) && EffectiveKernel.X <= shape.Width + (2 * Padding.X);

    /// <summary>Whether no place of the window reaches beyond the map.</summary>
    public bool StaysInside(Shape input, Shape output) =>
        Padding == new Pair(0, 0) && ((output.Height - 1) * Stride.Y) + EffectiveKernel.Y <= input.Height && ((output.Width - 1) * Stride.X) + EffectiveKernel.X <= input.Width;

    /// <summary>The number of positions of the window, height and width.</summary>
    /// <param name="shape">What it slides over.</param>
    /// <param name="roundUp">
    /// Whether a last window may stick out (PyTorch's ceil mode: it must still begin inside the map or its leading padding).
    /// </param>
    public Pair OutputSize(Shape shape, bool roundUp) => new(
        OutputSize(shape.Height, EffectiveKernel.Y, Stride.Y, Padding.Y, roundUp), OutputSize(shape.Width, EffectiveKernel.X, Stride.X, Padding.X, roundUp));

    private static int OutputSize(int extent, int reach, int stride, int padding, bool roundUp)
    {
        var slack = extent + (2 * padding) - reach;
        var positions = ((slack + (roundUp ? stride - 1 : 0)) / stride) + 1;
        return roundUp && (positions - 1) * stride >= extent + padding ? positions - 1 : positions;
    }
}
