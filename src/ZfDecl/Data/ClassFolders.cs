using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Data;

/// <summary>A data folder with a folder for each class, with or without a split of its own.</summary>
internal static class ClassFolders
{
    private const string Expected = "a folder for each class with its png, jpg, webp, bmp or gif images "
        + "(<folder>/<class>/…, or <folder>/train/<class>/… and <folder>/val/<class>/…), or the IDX files of MNIST (train-images-idx3-ubyte.gz …)";

    private static readonly string[] ValidationNames = ["val", "validation", "test"];

    /// <summary>Finds the images, checks that they can be read, and splits them where the folder does not.</summary>
    /// <exception cref="ZfDeclException">There is too little in the folder, or too much that cannot be read (ZF1102, ZF112x, ZF113x).</exception>
    public static ImageData Open(string folder, FeatureShape stored, int seed, IRunLog log)
    {
        var (train, validation) = FindSplit(folder);
        var (training, validating) = validation is null
            ? Split(Scan(folder, train, log), seed, log)
            : AsGiven(Scan(folder, train, log), Scan(folder, validation, log), log);
        if (validating.Length == 0)
            throw new ZfDeclException("ZF1124", "there is no image to validate with: each class has just one; add images", folder);

        var classes = training.Select(file => file.Class).Distinct().Order(StringComparer.Ordinal).ToArray();
        var decoder = new ImageDecoder(stored, log);
        return new(
            new FileImageSet(training, classes, decoder),
            new FileImageSet(validating, classes, decoder),
            Hash(training, validating),
            $"class folders: {training.Length} training images, {validating.Length} validation images "
            + $"({(validation is not null ? $"from {validation}/" : $"a tenth of each class, seed {seed}")}), {classes.Length} classes");
    }

    /// <summary>The names of the folders to train on and to validate with: "" for the data folder itself, null where there is none.</summary>
    private static (string Train, string? Validation) FindSplit(string folder)
    {
        var names = ClassTree.Subfolders(folder);
        if (Named("train") is not { } train)
            return ("", null);
        if (ValidationNames.Select(Named).FirstOrDefault(name => name is not null) is { } validation)
            return (train, validation);
        // "train" may also be a class, of pictures of trains: it is a split only where it is alone and holds folders.
        return (names.Length == 1 && ClassTree.Subfolders(Path.Combine(folder, train)).Length > 0 ? train : "", null);

        string? Named(string wanted) => names.FirstOrDefault(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
    }

    private static ClassTree Scan(string folder, string split, IRunLog log)
    {
        var root = Path.Combine(folder, split);
        var tree = ClassTree.Scan(root, split.Length == 0 ? "" : $"{split}/");
        if (tree.Classes.Length == 0)
            throw tree.Outside == 0
                ? new ZfDeclException("ZF1102", $"the folder holds no data; expected is {Expected}", root)
                : new ZfDeclException("ZF1120", $"the {tree.Outside} images of the folder lie in no class; expected is {Expected}", root);
        if (tree.Outside > 0)
            log.Warn("ZF1123", $"{tree.Outside} images that lie in no class folder are left out; move them into the folder of their class", root);

        var filled = tree.Files.Select(file => file.Class).ToHashSet();
        foreach (var name in tree.Classes.Where(name => !filled.Contains(name)))
            log.Warn("ZF1121", $"class '{name}' has no images and is left out", Path.Combine(root, name));
        if (filled.Count < 2)
            throw new ZfDeclException("ZF1120", $"{filled.Count} of the {tree.Classes.Length} folders hold images, at least 2 classes are needed; "
                + $"expected is {Expected}", root);
        return tree;
    }

    private static (ImageFile[] Train, ImageFile[] Validation) Split(ClassTree tree, int seed, IRunLog log) =>
        ValidationSplit.Of(ReadableImages.Of(tree, log), seed);

    private static (ImageFile[] Train, ImageFile[] Validation) AsGiven(ClassTree train, ClassTree validation, IRunLog log)
    {
        var classes = train.Files.Select(file => file.Class).ToHashSet();
        var seen = validation.Files.Select(file => file.Class).ToHashSet();
        if (validation.Files.FirstOrDefault(file => !classes.Contains(file.Class)) is { } stray)
            throw new ZfDeclException("ZF1122", $"class '{stray.Class}' has validation images but no training images in {train.Root}; "
                + "give the class folders of both the same names", Path.Combine(validation.Root, stray.Class));
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
