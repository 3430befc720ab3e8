namespace ZfDecl.Networks.Recipes;

/// <summary>How the pixels of a picture that is resized become new ones. Whatever it is, a picture that is made smaller is not aliased: the weights are as wide as a new pixel.</summary>
public enum Interpolation
{
    /// <summary>Weights that fall linearly, as wide as one new pixel on either side: as of Pillow, and of torchvision with antialiasing.</summary>
    Bilinear,

    /// <summary>Cubic weights (Keys 1981, a = −½), as wide as two new pixels on either side: sharper, likewise.</summary>
    Bicubic,

    /// <summary>The mean of what of the picture a new pixel covers, as OpenCV's INTER_AREA where a picture is made smaller.</summary>
    Area,
}
