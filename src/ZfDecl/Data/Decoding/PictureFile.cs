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
        Check(ImageFile.Of(path), path);
        return Decode(ImageFile.Of(path), target, log, resizing);
    }

    /// <summary>Reads a picture that is no file, by the same rules.</summary>
    /// <param name="content">What a picture file of these kinds would hold. Not changed.</param>
    /// <param name="target">The shape that is wanted, of 1 or 3 channels.</param>
    /// <param name="log">Hears it where only a part of the picture can be decoded.</param>
    /// <param name="resizing">How it is resized.</param>
    /// <returns>[C, H, W] of <paramref name="target"/>, 0 … 255.</returns>
    /// <exception cref="ZfDeclException">ZF1130, ZF1131, ZF1136: it is no picture, or too large, or of a kind that is not read.</exception>
    public static byte[] Read(byte[] content, FeatureShape target, IRunLog log, Resizing resizing = default)
    {
        Check(InMemory(content));
        return Decode(InMemory(content), target, log, resizing);
    }

    /// <summary>The size of a picture that is no file, held upright, of which no more than the header is read.</summary>
    /// <param name="content">What a picture file of these kinds would hold. Not changed.</param>
    /// <exception cref="ZfDeclException">ZF1130, ZF1131, ZF1136: as of <see cref="Read(byte[], FeatureShape, IRunLog, Resizing)"/>.</exception>
    public static (int Width, int Height) SizeOf(byte[] content)
    {
        Check(InMemory(content));
        return ImageDecoder.UprightSize(InMemory(content));
    }

    private static ImageFile InMemory(byte[] content) => ImageFile.OfContent("picture", content);

    private static void Check(ImageFile file, string? place = null)
    {
        if (ImageDecoder.Check(file) is { } problem)
            throw new ZfDeclException(problem.Code, problem.Finding, place);
    }

    private static byte[] Decode(ImageFile file, FeatureShape target, IRunLog log, Resizing resizing)
    {
        var pixels = new byte[target.Count];
        new ImageDecoder(target, resizing, log).Decode(file, pixels);
        return pixels;
    }
}
