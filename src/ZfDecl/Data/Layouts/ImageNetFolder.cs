using System.Security.Cryptography;
using System.Text;
using ZfDecl.Data.Decoding;
using ZfDecl.Data.Folders;
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
        candidates.AddRange(new DiskFolder(root).Folders.Where(name => PartWords.Of(name) == DataPart.Validation).Select(name => Path.Combine(root, name)));
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
        var (root, candidates) = (new DiskFolder(RootOf(path)!), Candidates(path));
        return IsFlat(root) ? OpenFlat(root, candidates, request) : ClassFolders.Open(root, request, SynsetNames.Find(candidates));
    }

    /// <summary>Whether the validation images lie side by side.</summary>
    private static bool IsFlat(DiskFolder root) => PartFolders.First(root, DataPart.Validation) is { } validation && root.Folder(validation).Flat() is not null;

    private static ImageData OpenFlat(DiskFolder root, IReadOnlyList<string> candidates, DataRequest request)
    {
        var log = request.Log;
        var parts = PartFolders.Find(root, log);
        var (trainName, validationName) = (parts.Train, parts.Validation!);
        var train = ClassFolders.Scan(root, trainName, log);
        var (inside, images) = root.Folder(validationName).Flat()!.Value;
        var truth = ImageNetTruth.Find(candidates, train.Classes)
            ?? throw new ZfDeclException("ZF1180", $"the {images.Count} images lie side by side, and no file says their classes. Put one of these beside {trainName}/ and {validationName}/: {ImageNetTruth.Expected}; "
                + $"or move the images into a folder for each synset, {validationName}/n01440764/…", root.Folder(validationName).Path);

        var validation = Validation(root.Folder($"{validationName}/{inside}"), $"{validationName}/{(inside.Length > 0 ? inside + "/" : "")}", images, truth, train, log);
        var found = new FoundImages(root.Path, "ImageNet", train)
        {
            Validation = validation,
            ValidationFrom = $"{validationName}/, their classes from {Path.GetFileName(truth.File)}",
            Called = SynsetNames.Find(candidates),
        };
        var data = LabelledFiles.Open(ClassFolders.WithTest(found, root, parts), request);
        return data with { Known = KnownDataSet.ImageNet, Hash = Hash(data.Hash, validation) };
    }

    private static ClassTree Validation(DataFolder folder, string prefix, IReadOnlyList<ImageFile> images, ImageNetTruth truth, ClassTree train, IRunLog log)
    {
        var trained = train.Files.Select(file => file.Class).ToHashSet();
        var listed = images.ToLookup(image => truth.Synsets.ContainsKey(Path.GetFileNameWithoutExtension(image.Name)));
        ImageFile[] all = [.. listed[true].Select(image => image with { Name = prefix + image.Name, Class = truth.Synsets[Path.GetFileNameWithoutExtension(image.Name)] })];
        ImageFile[] files = [.. all.Where(file => trained.Contains(file.Class))];
        string[] unlisted = [.. listed[false].Select(image => image.Name)];
        if (files.Length == 0 || (truth.IsByNumber && unlisted.Length > 0))
        {
            throw new ZfDeclException("ZF1181", $"says the classes of {truth.Synsets.Count} images, but not of {Some(unlisted.Length > 0 ? unlisted : [.. all.Select(file => $"{file.Name}: {file.Class}")])} among the {images.Count} in {folder.Path}"
                + $"{(unlisted.Length > 0 ? "" : ", as none is of a class that has training images")}; take both from one copy of the data set", truth.File);
        }
        if (unlisted.Length > 0)
            log.Warn("ZF1182", $"{unlisted.Length} of the {images.Count} validation images have no class in {Path.GetFileName(truth.File)} and are left out: {Some(unlisted)}", truth.File);
        if (all.Length > files.Length)
            log.Warn("ZF1182", $"{all.Length - files.Length} validation images are left out, because they are of {all.Select(file => file.Class).Except(trained).Count()} classes without training images: {Some([.. all.Select(file => file.Class).Except(trained)])}", folder.Path);
        if (truth.Synsets.Count > all.Length)
            log.Warn("ZF1182", $"{truth.Synsets.Count - all.Length} validation images that {Path.GetFileName(truth.File)} lists are missing", folder.Path);
        return new(folder.Path, [.. files.Select(file => file.Class).Distinct().Order(StringComparer.Ordinal)], files, 0);
    }

    private static bool IsRoot(string path) => Directory.Exists(path) && new DiskFolder(path) is var root && PartFolders.First(root, DataPart.Train) is { } train && root.Folder(train).Folders is { Count: >= 2 } classes
        && 2 * classes.Count(ClassName.IsSynset) > classes.Count;

    private static string Some(string[] names) => string.Join(", ", names.Take(NamesShown)) + (names.Length > NamesShown ? $" and {names.Length - NamesShown} more" : "");

    private static string Hash(string data, ClassTree validation) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{data}\nclasses {string.Join(' ', validation.Files.Select(file => file.Class))}")));
}
