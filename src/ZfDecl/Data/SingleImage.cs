using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Data;

/// <summary>An image file that belongs to no data set.</summary>
public static class SingleImage
{
    /// <summary>Decodes a file and fits it as the images of a data folder are.</summary>
    /// <param name="path">A JPEG, PNG, WebP, GIF or BMP file, of any size.</param>
    /// <param name="input">The network's input.</param>
    /// <param name="recipe">Its <c>resize</c> decides the stored size.</param>
    /// <param name="log">Is told where only a part of the file can be decoded.</param>
    /// <returns>The pixels, 0 … 255, [C, h, w] of the stored shape, and that shape.</returns>
    /// <exception cref="ZfDeclException">ZF1130, ZF1131: the file is no image, or too large; ZF1104, ZF1105: the input takes no images.</exception>
    public static (byte[] Pixels, FeatureShape Stored) Read(string path, FeatureShape input, PreprocessRecipe recipe, IRunLog log)
    {
        var stored = ImageFolder.StoredShape(input, recipe);
        if (ImageDecoder.Check(path) is { } problem)
            throw new ZfDeclException(problem.Code, problem.Finding, path);
        var pixels = new byte[stored.Count];
        new ImageDecoder(stored, log).Decode(path, pixels);
        return (pixels, stored);
    }
}
