using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Occlude;

/// <summary>
/// The positions of a square that covers one part of an image after the other (Zeiler &amp; Fergus 2014, §4.2): rows and columns of them, centred, so many that
/// every pixel is covered where the stride is no longer than the side; where it is longer, gaps stay between the squares, and none wider at the border. Squares at
/// the border are cut off by it, by half at most.
/// </summary>
public sealed record OccluderGrid
{
    /// <param name="input">The shape of the images.</param>
    /// <param name="size">The side of the square, in pixels; at most the shorter side of the image.</param>
    /// <param name="stride">Pixels from one position to the next; at most the longer side of the image.</param>
    /// <exception cref="ZfDeclException">ZF1450: the square does not fit into the image, or a number is out of range.</exception>
    public OccluderGrid(FeatureShape input, int size, int stride)
    {
        var (shorter, longer) = (Math.Min(input.Height, input.Width), Math.Max(input.Height, input.Width));
        if (size < 1 || size > shorter)
            throw new ZfDeclException("ZF1450", $"the occluder is {size} pixels wide, the image {input.Height}×{input.Width}; give a `size` of 1 … {shorter}");
        if (stride < 1 || stride > longer)
            throw new ZfDeclException("ZF1450", $"the occluder moves by {stride} pixels over an image of {input.Height}×{input.Width}; give a `stride` of 1 … {longer}");
        (Size, Stride, Height, Width) = (size, stride, input.Height, input.Width);
        (Rows, Top) = Along(input.Height);
        (Columns, Left) = Along(input.Width);
    }

    /// <summary>The side of the square, in pixels.</summary>
    public int Size { get; }

    /// <summary>Pixels from one position to the next.</summary>
    public int Stride { get; }

    /// <summary>Rows of the image.</summary>
    public int Height { get; }

    /// <summary>Columns of the image.</summary>
    public int Width { get; }

    /// <summary>Rows of positions.</summary>
    public int Rows { get; }

    /// <summary>Columns of positions.</summary>
    public int Columns { get; }

    /// <summary>The first row of the square at position (0, 0); below 0 where the square begins outside of the image.</summary>
    public int Top { get; }

    /// <summary>The first column of the square at position (0, 0).</summary>
    public int Left { get; }

    /// <summary>The number of positions.</summary>
    public int Count => Rows * Columns;

    /// <summary>The pixels that are covered at a position.</summary>
    /// <param name="position">Row by row: <c>row · Columns + column</c>.</param>
    public PixelRegion At(int position) =>
        new PixelRegion(Top + (position / Columns * Stride), Left + (position % Columns * Stride), Size, Size).ClipTo(Height, Width);

    /// <summary>How much of the squares lies in the image, and whether they cover all of it, in words; empty where they lie in it whole and cover it.</summary>
    public string Coverage
    {
        get
        {
            var (first, last) = (At(0), At(Count - 1));
            var inside = (Height: Math.Min(first.Height, last.Height), Width: Math.Min(first.Width, last.Width));
            string?[] notes =
            [
                inside == (Size, Size) ? null : FormattableString.Invariant($"squares at the border are cut off by the image, in a corner to {inside.Height}×{inside.Width} pixels"),
                Stride <= Size || (Size == Height && Size == Width) ? null : "the stride is longer than the side, so the squares do not cover everything",
            ];
            return string.Join("; ", notes.OfType<string>());
        }
    }

    /// <summary>The usual square: as large and as fine as the paper's, about 50 of 224 pixels, in 28 steps.</summary>
    public static (int Size, int Stride) UsualFor(FeatureShape input)
    {
        var side = Math.Min(input.Height, input.Width);
        return (Math.Max(1, (int)Math.Round(side * 50 / 224.0)), Math.Max(1, (int)Math.Round(side / 28.0)));
    }

    /// <summary>As many squares as reach over the border by less than a side together: the outermost two show half of theirs at least.</summary>
    private (int Count, int First) Along(int extent)
    {
        var steps = (extent - Size + Math.Min(Size, Stride) - 1) / Stride;
        var overhang = (steps * Stride) + Size - extent;        // below 0 where gaps are left at the border
        return (steps + 1, -(overhang / 2));
    }
}
