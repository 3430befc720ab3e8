namespace ZfDecl.Analyses.Invariance;

/// <summary>A way to transform an image (Zeiler &amp; Fergus, arXiv 1311.2901v3, Fig. 5).</summary>
public enum ImageTransformation
{
    /// <summary>It is moved down by so many pixels; up where negative.</summary>
    Translation,

    /// <summary>It is enlarged about its centre, by that factor.</summary>
    Scale,

    /// <summary>It is turned about its centre, clockwise, by so many degrees.</summary>
    Rotation,
}
