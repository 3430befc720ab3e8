using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Data;

/// <summary>A data folder with a folder for each class, with or without a split of its own.</summary>
internal static class ClassFolders
{
    private const string Expected = "a folder for each class with its png, jpg, webp, bmp or gif images "
        + "(<folder>/<class>/…, or <folder>/train/<class>/… and <folder>/val/<class>/…), or the IDX files of MNIST (train-images-idx3-ubyte.gz …), or the binary files of CIFAR (data_batch_1.bin …)";

    private static readonly string[] ValidationNames = ["val", "validation", "test"];

    /// <summary>Finds the images, checks that they can be read, and splits them where the folder does not.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="stored">The shape that images are read in.</param>
    /// <param name="seed">Decides which images validate where the folder does not.</param>
    /// <param name="log">Gets the warnings and the progress.</param>
    /// <param name="called">What a class is called, where that is not the name of its folder.</param>
    /// <exception cref="ZfDeclException">There is too little in the folder, or too much that cannot be read (ZF1102, ZF112x, ZF113x).</exception>
    public static ImageData Open(string folder, FeatureShape stored, int seed, IRunLog log, Func<string, string>? called = null)
    {
        var (train, validation) = FindSplit(folder);
        return LabelledFiles.Open(folder, Scan(folder, train, log), validation is null ? null : Scan(folder, validation, log), "class folders", $"{validation}/", stored, seed, log, called);
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

    /// <summary>The images of a folder of class folders.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="split">The name of the folder within it; empty for itself.</param>
    /// <param name="log">Is told what is left out.</param>
    /// <exception cref="ZfDeclException">ZF1102, ZF1120: there are too few.</exception>
    public static ClassTree Scan(string folder, string split, IRunLog log)
    {
        var root = Path.Combine(folder, split);
        var tree = ClassTree.Scan(root, split.Length == 0 ? "" : $"{split}/");
        if (tree.Classes.Length == 0 && Directory.EnumerateFiles(root, "*.tar").Count() is > 0 and var packed)
            throw new ZfDeclException("ZF1102", $"the folder holds {packed} archives, as ImageNet comes, and no folders; unpack each into a folder of its name: for t in *.tar; do mkdir ${{t%.tar}}; tar -xf $t -C ${{t%.tar}}; done", root);
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
}
