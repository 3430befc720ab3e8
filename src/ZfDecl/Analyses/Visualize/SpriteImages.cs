namespace ZfDecl.Analyses.Visualize;

/// <summary>The whole images that the units of a layer are of, each once, small, in one sheet. Where a window is the whole image there are none.</summary>
/// <param name="Height">Rows of a picture.</param>
/// <param name="Width">Columns of a picture.</param>
/// <param name="Places">Where each lies.</param>
internal sealed record SpriteImages(int Height, int Width, IReadOnlyList<SpriteImage> Places)
{
    /// <summary>The name of the sheet, beside the index.</summary>
    public const string SheetFile = "images.webp";

    /// <summary>So many images are kept at most: of more, those of the strongest units.</summary>
    public const int Most = 1000;

    /// <summary>The longer side of a picture at most, in pixels.</summary>
    public const int LongestSide = 64;
}

/// <summary>The picture of a whole image.</summary>
/// <param name="Image">The index of the image.</param>
/// <param name="X">Its first column in the sheet.</param>
/// <param name="Y">Its first row in the sheet.</param>
internal sealed record SpriteImage(int Image, int X, int Y);
