using ZfDecl.Networks;

namespace ZfDecl.Search;

/// <summary>
/// The cut-out of the input that shows what a unit sees: its receptive field. Along an axis on which the receptive field is at least as long as the
/// image, the window is the whole image instead, so that pictures of deep layers do not mostly show what lies outside.
/// </summary>
/// <param name="Field">The receptive field of the layer.</param>
/// <param name="Input">The shape of the network's input.</param>
public readonly record struct UnitWindow(ReceptiveField Field, FeatureShape Input)
{
    /// <summary>Rows of the window.</summary>
    public int Height => Math.Min(Field.Height, Input.Height);

    /// <summary>Columns of the window.</summary>
    public int Width => Math.Min(Field.Width, Input.Width);

    /// <summary>The window of a unit; it reaches over the border of the image where the receptive field does.</summary>
    /// <param name="y">The unit's row.</param>
    /// <param name="x">The unit's column.</param>
    public PixelRegion At(int y, int x)
    {
        var field = Field.At(y, x);
        return new(Field.Height < Input.Height ? field.Top : 0, Field.Width < Input.Width ? field.Left : 0, Height, Width);
    }

    /// <summary>Cuts the window of one unit out of an image.</summary>
    /// <param name="image">[C, H, W] of the input.</param>
    /// <param name="region">The window, from <see cref="At"/>.</param>
    /// <returns>[C, h, w] of the window; outside of the image it stays 0.</returns>
    public T[] Cut<T>(ReadOnlySpan<T> image, PixelRegion region)
    {
        var cut = new T[Input.Maps * region.Height * region.Width];
        var inside = region.ClipTo(Input.Height, Input.Width);
        for (var c = 0; c < Input.Maps; c++)
        {
            for (var row = 0; row < inside.Height && inside.Width > 0; row++)
            {
                var source = image.Slice((c * Input.Height + inside.Top + row) * Input.Width + inside.Left, inside.Width);
                source.CopyTo(cut.AsSpan((c * region.Height + inside.Top - region.Top + row) * region.Width + inside.Left - region.Left));
            }
        }
        return cut;
    }
}
