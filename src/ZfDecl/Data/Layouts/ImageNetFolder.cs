using System.Security.Cryptography;
using System.Text;
using ZfDecl.Data.Decoding;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>
/// ImageNet as it is published: <c>train/</c> with one folder per synset, and <c>val/</c> with all images side by side, whose classes another file says (see
/// <see cref="ImageNetTruth"/>); as of ILSVRC 2012, of Kaggle (<c>ILSVRC/Data/CLS-LOC</c>) or of Tiny ImageNet (<c>train/…/images</c>, <c>val/images</c>).
/// </summary>
internal sealed class ImageNetFolder : DataLayout
{
    private const int NamesShown = 3;

    private static readonly string[] Inside = ["", "ILSVRC/Data/CLS-LOC", "Data/CLS-LOC", "ILSVRC2012", "tiny-imagenet-200"];

    /// <summary>The folder within a folder that holds <c>train</c> with one folder per synset; null where there is none.</summary>
    public static string? RootOf(string folder) => Inside.Select(inside => Path.Combine(folder, inside)).FirstOrDefault(IsRoot);

    /// <summary>The folders in which files about the images may lie: the one that the user names, the one of the images, and in Kaggle's layout those above it.</summary>
    public static IReadOnlyList<string> Candidates(string folder)
    {
        var root = RootOf(folder) ?? folder;
        var candidates = new List<string> { folder, root };
        candidates.AddRange(ClassTree.Subfolders(root).Where(name => PartWords.Of(name) == DataPart.Validation).Select(name => Path.Combine(root, name)));
        for (var above = new DirectoryInfo(root); above?.Name is "CLS-LOC" or "Data" or "ILSVRC"; above = above.Parent)
            candidates.Add(above.Parent!.FullName);
        return candidates;
    }

    /// <inheritdoc/>
    public override bool Recognises(string path) => RootOf(path) is not null;

    /// <inheritdoc/>
    public override KnownDataSet? Known(string path) => KnownDataSet.ImageNet;

    /// <summary>Finds the images and their classes, and checks that they can be read.</summary>
    /// <inheritdoc/>
    /// <exception cref="ZfDeclException">There is no truth or it does not fit (ZF115x, ZF118x), or too much cannot be read (ZF112x, ZF113x).</exception>
    public override ImageData Open(string path, DataRequest request)
    {
        var (root, candidates) = (RootOf(path)!, Candidates(path));
        return IsFlat(root) ? OpenFlat(root, candidates, request) : ClassFolders.Open(root, request, SynsetNames.Find(candidates));
    }

    /// <summary>Whether the validation images lie side by side.</summary>
    private static bool IsFlat(string root) => PartFolders.First(root, DataPart.Validation) is { } validation && ClassTree.Flat(Path.Combine(root, validation)) is not null;

    private static ImageData OpenFlat(string root, IReadOnlyList<string> candidates, DataRequest request)
    {
        var log = request.Log;
        var parts = PartFolders.Find(root, log);
        var (trainName, validationName) = (parts.Train, parts.Validation!);
        var train = ClassFolders.Scan(root, trainName, log);
        var (inside, names) = ClassTree.Flat(Path.Combine(root, validationName))!.Value;
        var truth = ImageNetTruth.Find(candidates, train.Classes)
            ?? throw new ZfDeclException("ZF1180", $"the {names.Length} images lie side by side, and no file says their classes. Put one of these beside {trainName}/ and {validationName}/: {ImageNetTruth.Expected}; "
                + $"or move the images into a folder for each synset, {validationName}/n01440764/…", Path.Combine(root, validationName));

        var validation = Validation(Path.Combine(root, validationName, inside), $"{validationName}/{(inside.Length > 0 ? inside + "/" : "")}", names, truth, train, log);
        var found = new FoundImages(root, "ImageNet", train)
        {
            Validation = validation,
            ValidationFrom = $"{validationName}/, their classes from {Path.GetFileName(truth.File)}",
            Called = SynsetNames.Find(candidates),
        };
        var data = LabelledFiles.Open(ClassFolders.WithTest(found, parts), request);
        return data with { Known = KnownDataSet.ImageNet, Hash = Hash(data.Hash, validation) };
    }

    private static ClassTree Validation(string folder, string prefix, string[] names, ImageNetTruth truth, ClassTree train, IRunLog log)
    {
        var trained = train.Files.Select(file => file.Class).ToHashSet();
        var listed = names.ToLookup(name => truth.Synsets.ContainsKey(Path.GetFileNameWithoutExtension(name)));
        ImageFile[] all = [.. listed[true].Select(name => new ImageFile(Path.Combine(folder, name), prefix + name, truth.Synsets[Path.GetFileNameWithoutExtension(name)], new FileInfo(Path.Combine(folder, name)).Length))];
        ImageFile[] files = [.. all.Where(file => trained.Contains(file.Class))];
        string[] unlisted = [.. listed[false]];
        if (files.Length == 0 || (truth.IsByNumber && unlisted.Length > 0))
        {
            throw new ZfDeclException("ZF1181", $"says the classes of {truth.Synsets.Count} images, but not of {Some(unlisted.Length > 0 ? unlisted : [.. all.Select(file => $"{file.Name}: {file.Class}")])} among the {names.Length} in {folder}"
                + $"{(unlisted.Length > 0 ? "" : ", as none is of a class that has training images")}; take both from one copy of the data set", truth.File);
        }
        if (unlisted.Length > 0)
            log.Warn("ZF1182", $"{unlisted.Length} of the {names.Length} validation images have no class in {Path.GetFileName(truth.File)} and are left out: {Some(unlisted)}", truth.File);
        if (all.Length > files.Length)
            log.Warn("ZF1182", $"{all.Length - files.Length} validation images are left out, because they are of {all.Select(file => file.Class).Except(trained).Count()} classes without training images: {Some([.. all.Select(file => file.Class).Except(trained)])}", folder);
        if (truth.Synsets.Count > all.Length)
            log.Warn("ZF1182", $"{truth.Synsets.Count - all.Length} validation images that {Path.GetFileName(truth.File)} lists are missing", folder);
        return new(folder, [.. files.Select(file => file.Class).Distinct().Order(StringComparer.Ordinal)], files, 0);
    }

    private static bool IsRoot(string root) => Directory.Exists(root) && PartFolders.First(root, DataPart.Train) is { } train && ClassTree.Subfolders(Path.Combine(root, train)) is { Length: >= 2 } classes
        && 2 * classes.Count(ClassName.IsSynset) > classes.Length;

    private static string Some(string[] names) => string.Join(", ", names.Take(NamesShown)) + (names.Length > NamesShown ? $" and {names.Length - NamesShown} more" : "");

    private static string Hash(string data, ClassTree validation) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{data}\nclasses {string.Join(' ', validation.Files.Select(file => file.Class))}")));
}
