using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Data;

/// <summary>Images in files of their own whose classes are known, however they were found.</summary>
internal static class LabelledFiles
{
    /// <summary>Checks that the images can be read, and splits them where that has not been done.</summary>
    /// <param name="place">The folder or list that they come from.</param>
    /// <param name="train">The images to train on, or all.</param>
    /// <param name="validation">The images to validate with; null where a part of the others is set aside.</param>
    /// <param name="kind">What the place is, for the description.</param>
    /// <param name="from">Where the images to validate with come from, for the description.</param>
    /// <param name="stored">The shape that they are read in.</param>
    /// <param name="seed">Decides which are set aside.</param>
    /// <param name="log">Gets the warnings and the progress.</param>
    /// <param name="called">What a class is called, where that is not its name in the files; the order stays.</param>
    /// <exception cref="ZfDeclException">There is no image to validate with, or too many cannot be read (ZF1122, ZF1124, ZF113x).</exception>
    public static ImageData Open(string place, ClassTree train, ClassTree? validation, string kind, string from, FeatureShape stored, int seed, IRunLog log, Func<string, string>? called = null)
    {
        var (training, validating) = validation is null ? ValidationSplit.Of(ReadableImages.Of(train, log), seed) : AsGiven(train, validation, log);
        if (validating.Length == 0)
            throw new ZfDeclException("ZF1124", "there is no image to validate with: each class has just one; add images", place);

        var classes = training.Select(file => file.Class).Distinct().Order(StringComparer.Ordinal).ToArray();
        var names = called is null ? classes : Array.ConvertAll(classes, name => called(name));
        var decoder = new ImageDecoder(stored, log);
        return new(
            new FileImageSet(training, classes, names, decoder),
            new FileImageSet(validating, classes, names, decoder),
            Hash(training, validating),
            $"{kind}: {training.Length} training images, {validating.Length} validation images "
            + $"({(validation is null ? $"a tenth of each class, seed {seed}" : $"from {from}")}), {classes.Length} classes");
    }

    private static (ImageFile[] Train, ImageFile[] Validation) AsGiven(ClassTree train, ClassTree validation, IRunLog log)
    {
        var classes = train.Files.Select(file => file.Class).ToHashSet();
        var seen = validation.Files.Select(file => file.Class).ToHashSet();
        if (validation.Files.FirstOrDefault(file => !classes.Contains(file.Class)) is { } stray)
            throw new ZfDeclException("ZF1122", $"class '{stray.Class}' has validation images but no training images in {train.Root}; "
                + "give the classes of both the same names", validation.Root);
        foreach (var name in classes.Except(seen).Order(StringComparer.Ordinal))
            log.Warn("ZF1121", $"class '{name}' has no validation images", validation.Root);
        return (ReadableImages.Of(train, log), ReadableImages.Of(validation, log));
    }

    private static string Hash(ImageFile[] train, ImageFile[] validation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (split, files) in (ReadOnlySpan<(string, ImageFile[])>)[("train", train), ("validation", validation)])
        {
            foreach (var file in files)
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{split}\0{file.Name}\0{file.Length}\n")));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
