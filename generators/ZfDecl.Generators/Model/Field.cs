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
        new(Offset.Y - (window.Padding.Top * Stride.Y), Offset.X - (window.Padding.Left * Stride.X))));

    /// <summary>The least field that holds those of several layers' units at one position; null where these lie on different grids.</summary>
    /// <param name="joined">The fields, and the shapes of the maps. Where a map has one row, or one column, it lies on any grid.</param>
    /// <param name="apart">The first, from 0, whose grid is not that of the first; 0 where all agree.</param>
    /// <exception cref="OverflowException">It is larger than any image.</exception>
    public static Field? Union(IEnumerable<(Field Field, Shape Shape)> joined, out int apart)
    {
        var (all, at) = (joined.ToList(), 1);
        var union = all[0];
        for (apart = 0; at < all.Count; at++)
        {
            if (Union(union, all[at]) is not { } both)
            {
                apart = at;
                return null;
            }
            union = both;
        }
        return union.Field;
    }

    private static (Field Field, Shape Shape)? Union((Field Field, Shape Shape) one, (Field Field, Shape Shape) two)
    {
        if (Axis.Union(one.Field.Y, one.Shape.Height, two.Field.Y, two.Shape.Height) is not { } y || Axis.Union(one.Field.X, one.Shape.Width, two.Field.X, two.Shape.Width) is not { } x)
            return null;
        var field = new Field(new(y.Size, x.Size), new(y.Stride, x.Stride), new(y.Offset, x.Offset));
        return (field, one.Shape with { Height = Math.Max(one.Shape.Height, two.Shape.Height), Width = Math.Max(one.Shape.Width, two.Shape.Width) });
    }

    private Axis Y => new(Size.Y, Stride.Y, Offset.Y);

    private Axis X => new(Size.X, Stride.X, Offset.X);

    /// <summary>The field along one axis.</summary>
    private readonly record struct Axis(int Size, int Stride, int Offset)
    {
        public static Axis? Union(Axis one, int ones, Axis two, int twos)
        {
            if (one.Stride != two.Stride && ones > 1 && twos > 1)
                return null;
            // A single row that joins many is seen by each of them, the last one included.
            var (stride, most) = (ones >= twos ? one.Stride : two.Stride, Math.Max(ones, twos));
            var offset = Math.Min(one.First(most, ones, stride), two.First(most, twos, stride));
            return checked(new(Math.Max(one.Offset + one.Size, two.Offset + two.Size) - offset, stride, offset));
        }

        /// <summary>Where the field begins for unit 0, such that that of the last unit still begins where its own does.</summary>
        private int First(int most, int own, int stride) => own == most ? Offset : checked(Offset - ((most - 1) * stride));
    }

    /// <summary>The field of a unit that sees all units of a map of this shape.</summary>
    /// <exception cref="OverflowException">It is larger than any image.</exception>
    public Field Over(Shape shape) => this with
    {
        Size = checked(new(Size.Y + ((shape.Height - 1) * Stride.Y), Size.X + ((shape.Width - 1) * Stride.X))),
    };
}
