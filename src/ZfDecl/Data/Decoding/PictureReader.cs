namespace ZfDecl.Data.Decoding;

/// <summary>What decodes a kind of picture.</summary>
internal enum PictureReader
{
    /// <summary>Nothing: its files are named and left out.</summary>
    None,

    /// <summary><see cref="SkiaPicture"/>.</summary>
    Skia,

    /// <summary><see cref="SharpPicture"/>, which is told what a TIFF file is.</summary>
    Tiff,

    /// <summary><see cref="SharpPicture"/>, which is told what a TGA file is.</summary>
    Tga,

    /// <summary><see cref="PnmPicture"/>.</summary>
    Pnm,
}
