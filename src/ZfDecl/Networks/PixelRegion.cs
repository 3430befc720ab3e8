namespace ZfDecl.Networks;

/// <summary>A rectangle of input pixels. It may reach over the border of the image, where padding is seen.</summary>
/// <param name="Top">First row; negative above the image.</param>
/// <param name="Left">First column; negative left of the image.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct PixelRegion(int Top, int Left, int Height, int Width)
{
    /// <summary>Whether a pixel lies inside.</summary>
    public bool Contains(int y, int x) => y >= Top && y < Top + Height && x >= Left && x < Left + Width;

    /// <summary>The least region that holds this one and another.</summary>
    public PixelRegion Hull(PixelRegion other)
    {
        var (top, left) = (Math.Min(Top, other.Top), Math.Min(Left, other.Left));
        return new(top, left, Math.Max(Top + Height, other.Top + other.Height) - top, Math.Max(Left + Width, other.Left + other.Width) - left);
    }

    /// <summary>The part of this region that lies inside an image of the given size; empty sides become 0.</summary>
    public PixelRegion ClipTo(int height, int width)
    {
        var (top, left) = (Math.Max(Top, 0), Math.Max(Left, 0));
        return new(top, left, Math.Max(Math.Min(Top + Height, height) - top, 0), Math.Max(Math.Min(Left + Width, width) - left, 0));
    }
}
