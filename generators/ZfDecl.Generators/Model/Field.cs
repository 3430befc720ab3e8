using ZfDecl.Generators.Language;

namespace ZfDecl.Generators.Model;

/// <summary>
/// The receptive field of a layer's units: its size, the input pixels between two neighbouring units (stride), and the first pixel of
/// unit (0, 0) (offset); each vertical and horizontal. Padding counts, so an offset can be negative.
/// </summary>
internal readonly record struct Field(Pair Size, Pair Stride, Pair Offset)
{
    /// <summary>The field of a pixel.</summary>
    public static Field Pixel { get; } = new(new(1, 1), new(1, 1), new(0, 0));

    /// <summary>The field after a window slides over units with this field (size + (kernel − 1) · stride, and so on).</summary>
    /// <exception cref="OverflowException">It is larger than any image.</exception>
    public Field Through(Window window) => checked(new(
        new(Size.Y + ((window.EffectiveKernel.Y - 1) * Stride.Y), Size.X + ((window.EffectiveKernel.X - 1) * Stride.X)),
        new(Stride.Y * window.Stride.Y, Stride.X * window.Stride.X),
        new(Offset.Y - (window.Padding.Y * Stride.Y), Offset.X - (window.Padding.X * Stride.X))));

    /// <summary>The field of a unit that sees all units of a map of this shape.</summary>
    /// <exception cref="OverflowException">It is larger than any image.</exception>
    public Field Over(Shape shape) => this with
    {
        Size = checked(new(Size.Y + ((shape.Height - 1) * Stride.Y), Size.X + ((shape.Width - 1) * Stride.X))),
    };
}
