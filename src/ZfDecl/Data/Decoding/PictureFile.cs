using ZfDecl.Data.Batching;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Data.Decoding;

/// <summary>A single picture that belongs to no data set.</summary>
public static class PictureFile
{
    /// <summary>Reads a picture as the images of a data folder are read: scaled so that it just covers the target shape, then the middle of it.</summary>
    /// <param name="path">A PNG, JPEG, WebP, GIF, BMP, TIFF, PNM or TGA file.</param>
    /// <param name="target">The shape that is wanted, of 1 or 3 channels: <see cref="Preprocessor.Decoded"/>.</param>
    /// <param name="log">Hears it where only a part of the picture can be decoded.</param>
    /// <param name="resizing">How it is resized: the recipe's; as where nothing is said where omitted.</param>
    /// <returns>[C, H, W] of <paramref name="target"/>, 0 … 255.</returns>
    /// <exception cref="ZfDeclException">ZF1130, ZF1131, ZF1136: the file is no picture, or too large, or of a kind that is not read.</exception>
    public static byte[] Read(string path, FeatureShape target, IRunLog log, Resizing resizing = default)
    {
        if (ImageDecoder.Check(ImageFile.Of(path)) is { } problem)
            throw new ZfDeclException(problem.Code, problem.Finding, path);
        var pixels = new byte[target.Count];
        new ImageDecoder(target, resizing, log).Decode(ImageFile.Of(path), pixels);
        return pixels;
    }
}
