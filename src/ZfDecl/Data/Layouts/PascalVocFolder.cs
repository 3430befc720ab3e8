using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ZfDecl.Data.Decoding;
using ZfDecl.Data.Folders;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>
/// PASCAL VOC as published: <c>JPEGImages</c>, and lists of what is in them in <c>ImageSets/Main</c>. Trains with <c>train</c> and validates with <c>val</c>; with
/// <c>trainval</c> and <c>test</c> where there are lists of what is in the test images, as in 2007. Whoever wants one class an image gets a word for all that is in
/// it, such as <c>horse+person</c>.
/// </summary>
internal sealed class PascalVocFolder : DataLayout
{
    private const string Pictures = "JPEGImages", Lists = "ImageSets/Main", Nothing = "nothing";

    /// <summary>The folder <c>VOC2012</c> or its like: itself, or the newest within it or its <c>VOCdevkit</c>; null where there is none.</summary>
    public static string? RootOf(string folder) => IsRoot(folder) ? folder
        : ((string[])[folder, Path.Combine(folder, "VOCdevkit")]).Where(Directory.Exists)
            .SelectMany(folder => new DiskFolder(folder).Folders.Where(name => name.StartsWith("VOC", StringComparison.OrdinalIgnoreCase)).OrderDescending(StringComparer.Ordinal).Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(IsRoot);

    /// <inheritdoc/>
    public override bool Recognises(string path) => RootOf(path) is not null;

    /// <inheritdoc/>
    public override KnownDataSet? Known(string path) => KnownDataSet.PascalVoc;

    /// <summary>Reads the lists, and opens the images.</summary>
    /// <inheritdoc/>
    /// <exception cref="ZfDeclException">The lists are not whole or do not fit (ZF115x, ZF119x), or too many images cannot be read (ZF113x).</exception>
    public override ImageData Open(string path, DataRequest request)
    {
        var (root, log) = (RootOf(path)!, request.Log);
        var lists = Path.Combine(root, Lists);
        var (trainPart, validationPart) = PascalVocLists.ClassesOf(lists, "test").Length > 0 ? ("trainval", "test") : ("train", "val");
        string[] classes = [.. PascalVocLists.ClassesOf(lists, trainPart).Union(PascalVocLists.ClassesOf(lists, validationPart)).Order(StringComparer.Ordinal)];
        if (classes.Length == 0)
            throw new ZfDeclException("ZF1190", $"holds no list of a class, such as cat_{trainPart}.txt; copy {Lists} whole, or sort the images into one folder per class elsewhere", lists);
        var (trainLists, validationLists) = (PascalVocLists.Read(lists, trainPart, classes), PascalVocLists.Read(lists, validationPart, classes));
        if (trainLists.Images.Intersect(validationLists.Images).FirstOrDefault() is { } both)
            throw new ZfDeclException("ZF1191", $"image '{both}' is listed in {trainPart} and in {validationPart}; take the lists from one copy of the data set", lists);

        var (train, trainLabels) = Readable(root, trainLists, log);
        var (validation, validationLabels) = Readable(root, validationLists, log);
        string[] words = [.. train.Concat(validation).Select(image => image.Class).Distinct().Order(StringComparer.Ordinal)];
        var decoder = new ImageDecoder(request.Decoded, request.Resizing, log);
        return new(new FileImageSet(train, words, words, decoder), new FileImageSet(validation, words, words, decoder), Hash(classes, (train, trainLabels), (validation, validationLabels)),
            $"PASCAL {Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)))}: {train.Length} training images ({trainPart}), {validation.Length} validation images ({validationPart}), {classes.Length} classes, of which an image may hold several")
        {
            Known = KnownDataSet.PascalVoc,
            Objects = new(classes, trainLabels, validationLabels),
        };
    }

    private static bool IsRoot(string folder) => Directory.Exists(Path.Combine(folder, Pictures)) && Directory.Exists(Path.Combine(folder, Lists));

    private static (ImageFile[] Files, Presence[][] Labels) Readable(string root, PascalVocLists lists, IRunLog log)
    {
        var labels = lists.Images.Zip(lists.Labels).ToDictionary(pair => NameOf(pair.First), pair => pair.Second);
        ImageFile[] all = [.. labels.Keys.Select(name => new ImageFile(Path.Combine(root, name), name, "", ImageFile.LengthOf(Path.Combine(root, name))))];
        var readable = ReadableImages.Of(new(root, [""], all, 0), log);
        return (Array.ConvertAll(readable, file => file with { Class = Word(lists.Classes, labels[file.Name]) }), Array.ConvertAll(readable, file => labels[file.Name]));
    }

    private static string NameOf(string image) => $"{Pictures}/{image}.jpg";

    private static string Word(string[] classes, Presence[] labels) =>
        string.Join('+', classes.Where((_, folder) => labels[folder] == Presence.Present)) is { Length: > 0 } word ? word : Nothing;

    private static string Hash(string[] classes, params ReadOnlySpan<(ImageFile[] Files, Presence[][] Labels)> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"voc {string.Join('\0', classes)}\n"));
        foreach (var (files, labels) in parts)
        {
            foreach (var (file, itsLabels) in files.Zip(labels))
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file.Name}\0{file.Length}\0{string.Join(' ', itsLabels.Select(label => (int)label))}\n")));
            hash.AppendData("\n"u8);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
