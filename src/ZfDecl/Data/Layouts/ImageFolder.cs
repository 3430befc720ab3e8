using ZfDecl.Data.Decoding;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Data.Layouts;

/// <summary>Opens a folder of images, whatever its kind: IDX files as Fashion-MNIST's, CIFAR's, one folder per class, or a list.</summary>
public static class ImageFolder
{
    /// <summary>How much memory decoded images may take where the caller says nothing: 1 GiB.</summary>
    public const long DefaultCache = 1L << 30;

    /// <summary>The data sets that need no folder. One of these names means the data set; a folder of that name is given as <c>./shapes</c>.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = [ShapesImageSet.Name];

    /// <summary>Whether there is data of that name: a built-in set, or something on disk.</summary>
    public static bool Exists(string data) => BuiltIn.Contains(data) || Path.Exists(data);

    /// <summary>Whether a folder holds IDX files, whose images are all of one size.</summary>
    public static bool IsIdx(string data) => Directory.Exists(data) && IdxFolder.Is(data);

    /// <summary>The published data set that a folder is recognised as, by the names in it alone; null for none.</summary>
    public static KnownDataSet? Recognize(string data) => BuiltIn.Contains(data) || !Directory.Exists(data) ? null
        : ImageNetFolder.RootOf(data) is not null ? KnownDataSet.ImageNet
        : PascalVocFolder.RootOf(data) is not null ? KnownDataSet.PascalVoc
        : CaltechFolder.Find(data)?.Kind;

    /// <summary>Opens a data folder. Every damage that can be seen without decoding all pixels is found here.</summary>
    /// <param name="folder">
    /// The name of a built-in set (see <see cref="BuiltIn"/>), or a folder. It holds either the four IDX files <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and
    /// <c>t10k-labels-idx1-ubyte</c> (or with <c>.gz</c>), with the classes' names in <c>classes.txt</c>; or one folder per class; or <c>train</c>,
    /// <c>val</c> and <c>test</c>, or those that there are of them, each with one folder per class (see <see cref="PartWords"/> for other names); or the binary files of CIFAR-10 or CIFAR-100; or ImageNet, Caltech-101,
    /// Caltech-256 or PASCAL VOC as they are published. Or a list: a <c>.csv</c> file whose first line is <c>path,class</c> or <c>path,class,split</c>.
    /// </param>
    /// <param name="input">The network's input: its channels, and the size of a crop.</param>
    /// <param name="recipe">Its <c>resize</c> decides the stored size.</param>
    /// <param name="seed">Decides which images validate where the folder has no split of its own.</param>
    /// <param name="log">Gets the warnings and the progress; of damage found only when an image is read, from the thread that reads.</param>
    /// <param name="cache">How many bytes of decoded images may be kept in memory.</param>
    /// <param name="holdout">The share of each class of the training images that validates, more than 0 and less than 1, instead of the validation images that the data has, which are then held out; null for a tenth where it has none.</param>
    /// <param name="root">Of a list: another folder than its own that its paths may lie below, a full path; null for none.</param>
    /// <returns>The data; the caller disposes it.</returns>
    /// <exception cref="ZfDeclException">The folder is missing, of no known kind, or damaged beyond the limits (ZF11xx), or a list that names a file elsewhere (ZF1491).</exception>
    public static ImageData Open(string folder, FeatureShape input, PreprocessRecipe recipe, int seed, IRunLog log, long cache = DefaultCache, double? holdout = null, string? root = null)
    {
        if (!BuiltIn.Contains(folder) && !Directory.Exists(folder) && !ImageList.Is(folder))
            throw new ZfDeclException("ZF1101", $"{(File.Exists(folder) ? "is a file" : "there is no such folder")}; "
                + "name the folder that holds the data, or a .csv file that lists it", folder);
        var stored = StoredShape(input, recipe);
        try
        {
            var split = new ValidationSplit(seed, holdout);
            var data = OpenKind(folder, root, stored, split, log);
            if (holdout is not null && !data.ValidatesOfTrain)
                data = HoldoutSplit.Of(data, split);
            var budget = new PixelBudget(cache);
            return data with { Train = Kept(data.Train, budget), Validation = Kept(data.Validation, budget) };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ZfDeclException("ZF1103", $"the data cannot be read: {failure.Message}", folder, failure);
        }
    }

    private static ImageData OpenKind(string folder, string? listRoot, FeatureShape stored, ValidationSplit split, IRunLog log) =>
        folder == ShapesImageSet.Name ? ShapesImageSet.Open(stored)
        : ImageList.Is(folder) ? ImageList.Open(folder, listRoot, stored, split, log)
        : CifarFolder.Is(folder) ? CifarFolder.Open(folder, stored)
        : IdxFolder.Is(folder) ? IdxFolder.Open(folder, stored)
        : ImageNetFolder.IsFlat(folder) ? ImageNetFolder.Open(folder, stored, split, log)
        : ImageNetFolder.RootOf(folder) is { } root ? ClassFolders.Open(root, stored, split, log, SynsetNames.Find(ImageNetFolder.Places(folder)))
        : PascalVocFolder.RootOf(folder) is { } voc ? PascalVocFolder.Open(voc, stored, log)
        : CaltechFolder.Find(folder) is { } caltech ? CaltechFolder.Open(caltech, stored, split, log)
        : ClassFolders.Open(folder, stored, split, log);

    private static ImageSet Kept(ImageSet set, PixelBudget budget) => set.ReadsSlowly ? new CachedImageSet(set, budget) : set;

    internal static FeatureShape StoredShape(FeatureShape input, PreprocessRecipe recipe)
    {
        if (input.Maps is not (1 or 3))
            throw new ZfDeclException(
                "ZF1104", $"the network's input has {input.Maps} channels; images have 1 (grey) or 3 (RGB): change input.channels");
        if (recipe.Resize is not { } side)
            return input;
        if (side < Math.Max(input.Height, input.Width))
            throw new ZfDeclException("ZF1105", $"resize {side} is smaller than the input of {input.Height}×{input.Width}, so no crop fits; "
                + $"use at least {Math.Max(input.Height, input.Width)}");
        return new(input.Maps, side, side);
    }
}
