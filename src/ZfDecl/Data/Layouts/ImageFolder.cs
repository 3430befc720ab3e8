using System.Text.RegularExpressions;
using ZfDecl.Data.Decoding;
using ZfDecl.Data.Folders;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>Opens images, whatever their layout: IDX files as Fashion-MNIST's, CIFAR's, one folder per class, or a list.</summary>
public static partial class ImageFolder
{
    private const char NotUtf8 = '\uFFFD';           // what .NET makes of bytes of another encoding

    /// <summary>The data sets that need no folder. One of these names means the data set; a folder of that name is given as <c>./shapes</c>.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = [ShapesImageSet.Name, EmbeddedImages.Name];

    /// <summary>Whether there is data of that name: a built-in set, or something on disk.</summary>
    public static bool Exists(string data) => BuiltIn.Contains(data) || Path.Exists(data);

    /// <summary>Whether a folder holds IDX files, whose images are all of one size.</summary>
    public static bool IsIdx(string data) => DataLayouts.Of(data) is { } layout && layout.HoldsIdx(data);

    /// <summary>The published data set that a folder is recognised as, by the names in it alone; null for none.</summary>
    /// <exception cref="ZfDeclException">ZF1185: it holds several.</exception>
    public static KnownDataSet? Recognize(string data) => DataLayouts.Of(data)?.Known(data);

    /// <summary>Opens data. Every damage that can be seen without decoding all pixels is found here.</summary>
    /// <param name="path">
    /// The name of a built-in set (see <see cref="BuiltIn"/>), or a folder. It holds either the four IDX files <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and
    /// <c>t10k-labels-idx1-ubyte</c> (or with <c>.gz</c>), with the classes' names in <c>classes.txt</c>; or one folder per class; or <c>train</c>,
    /// <c>val</c> and <c>test</c>, or those that there are of them, each with one folder per class (see <see cref="PartWords"/> for other names); or the binary files of CIFAR-10 or CIFAR-100; or ImageNet, Caltech-101,
    /// Caltech-256 or PASCAL VOC as they are published. Or a list: a <c>.csv</c> file whose first line is <c>path,class</c> or <c>path,class,split</c>.
    /// </param>
    /// <param name="request">The shape, the split, and what else is wanted.</param>
    /// <returns>The data; the caller disposes it.</returns>
    /// <exception cref="ZfDeclException">There is no such folder, or it is of no known layout, or damaged beyond the limits (ZF11xx), or a list that names a file elsewhere (ZF1491).</exception>
    public static ImageData Open(string path, DataRequest request)
    {
        try
        {
            var layout = DataLayouts.Of(path) ?? throw new ZfDeclException("ZF1101", Nowhere(path), path);
            var data = layout.Open(path, request);
            if ((request.Holdout is not null || request.Fold is not null) && !data.ValidatesOfTrain)
                data = HoldoutSplit.Of(data, request.Split);
            var budget = new PixelBudget(request.Cache);
            return data with { Train = Cached(data.Train, budget), Validation = Cached(data.Validation, budget) };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ZfDeclException("ZF1103", $"the data cannot be read: {failure.Message}", path, failure);
        }
    }

    /// <summary>What is wrong with a path that is no folder of data, and what to name instead.</summary>
    private static string Nowhere(string path) => File.Exists(path)
        ? $"is a file; {TarFile.Remedy(path) ?? "name the folder that holds the data, or a .csv file that lists it"}"
        : $"there is no such folder; {(Address().IsMatch(path) ? "download the data and name its folder: addresses are not read"
            : Drive().IsMatch(path) && !OperatingSystem.IsWindows() ? "a path with a drive letter is one of Windows: give the folder's path on this system (below WSL C:\\data is /mnt/c/data)"
            : path.Contains('*', StringComparison.Ordinal) ? "name the folder itself: patterns are not read"
            : path.Contains(NotUtf8, StringComparison.Ordinal) ? "its name is not UTF-8, and no program of .NET can open it: rename it, or make a link with a plain name to it (ln -s)"
            : "name the folder that holds the data, or a .csv file that lists it")}";

    // As a path has it: of two slashes in a row one is left.
    [GeneratedRegex("(?:^|/)(?:https?|ftp|s3|gs):/", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?:^|/)[A-Za-z]:[\\/]")]
    private static partial Regex Drive();

    private static ImageSet Cached(ImageSet set, PixelBudget budget) => set.ReadsSlowly ? new CachedImageSet(set, budget) : set;
}
