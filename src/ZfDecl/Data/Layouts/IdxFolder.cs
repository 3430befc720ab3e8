using System.Security.Cryptography;
using ZfDecl.Data.Formats;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Data.Layouts;

/// <summary>
/// A folder with the four files of MNIST and its kin. Images of EMNIST are turned upright, and its letters, whose labels are 1 … 26, are A … Z, also where its files have been given the
/// names of MNIST's.
/// </summary>
internal sealed class IdxFolder : DataLayout
{
    private const string ClassNames = "classes.txt";
    private const int UsualClasses = 10;

    /// <inheritdoc/>
    public override string Holds => "the IDX files of MNIST (train-images-idx3-ubyte.gz …)";

    /// <summary>Whether any of the four files is there.</summary>
    /// <inheritdoc/>
    /// <exception cref="ZfDeclException">ZF1185: there are files of several data sets.</exception>
    public override bool Recognises(string path) => IdxNames.Find(path) is not null;

    /// <inheritdoc/>
    public override bool HoldsIdx(string path) => true;

    /// <summary>Reads all four files into memory.</summary>
    /// <inheritdoc/>
    /// <exception cref="ZfDeclException">A file is missing or damaged, or two do not fit each other (ZF1110 … ZF1119).</exception>
    public override ImageData Open(string path, DataRequest request)
    {
        var names = IdxNames.Find(path)!;
        var folder = Path.GetDirectoryName(Path.GetFullPath(names.Files.Values.First()))!;
        string[] paths = [.. from part in (string[])[IdxNames.Train, IdxNames.Test] from kind in (string[])["images", "labels"] select Require(names, folder, part, kind)];
        IdxFile[] files = [IdxFile.Read(paths[0], 3, 4), IdxFile.Read(paths[1], 1), IdxFile.Read(paths[2], 3, 4), IdxFile.Read(paths[3], 1)];
        var hash = HashOf(files);
        var fromOne = files[1].Values.Concat(files[3].Values).All(label => label > 0);
        var areLetters = fromOne && !File.Exists(Path.Combine(folder, ClassNames)) && files[1].Values.Max() == Emnist.Letters;
        var isEmnist = Emnist.IsNamed(names.Set) || (areLetters && names.Set.Length == 0);
        var classes = ReadClasses(folder, areLetters && names.Set.Length == 0 ? "emnist-letters-" : names.Set);
        var first = fromOne && (areLetters || files[1].Values.Max() == classes.Length) ? 1 : 0;
        var train = Split(paths[0], files[0], paths[1], files[1], IdxNames.Train);
        var validation = Split(paths[2], files[2], paths[3], files[3], IdxNames.Test);
        return new(train, validation, hash, $"IDX files{(isEmnist ? $" of EMNIST{(areLetters ? "'s letters (labels 1 … 26)" : "")}, turned upright" : "")}: "
            + $"{train.Count} training images of {train.Source}, {validation.Count} validation images of {validation.Source}, {classes.Length} classes")
        {
            TestValidates = true,
            Numbered = classes,
        };

        MemoryImageSet Split(string imagePath, IdxFile images, string labelPath, IdxFile labels, string part)
        {
            var source = images.Sizes is [_, var channels, var height, var width] ? new FeatureShape(channels, height, width) : new FeatureShape(1, images.Sizes[1], images.Sizes[2]);
            Check(imagePath, images, labelPath, labels, source);
            var wrong = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)first, (byte)(classes.Length - 1 + first));
            if (wrong >= 0)
                throw new ZfDeclException("ZF1118", $"label {wrong} is {labels.Values[wrong]}, "
                    + $"but with {classes.Length} classes labels are {first} … {classes.Length - 1 + first}; "
                    + $"name all classes in {ClassNames} beside it, one a line", labelPath);
            if (isEmnist && source.Maps == 1 && source.Height == source.Width)
                Emnist.Transpose(images.Values, source.Height);
            return new(images.Values, source, Array.ConvertAll(labels.Values, label => (byte)(label - first)), classes, request.Decoded, index => $"{part}[{index}]") { Resizing = request.Resizing };
        }
    }

    /// <summary>What tells the same images again, wherever they lie: the hash of all sizes and values.</summary>
    public static string HashOf(IEnumerable<IdxFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{string.Join('×', file.Sizes)}\n"));
            hash.AppendData(file.Values);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Check(string imagePath, IdxFile images, string labelPath, IdxFile labels, FeatureShape source)
    {
        if (source.Maps is not (1 or 3))
            throw new ZfDeclException("ZF1116", $"holds images of {source.Maps} channels; grey (1) and RGB (3) images can be read", imagePath);
        if (labels.Sizes[0] != images.Sizes[0])
            throw new ZfDeclException("ZF1117", $"holds {labels.Sizes[0]} labels, but {Path.GetFileName(imagePath)} holds {images.Sizes[0]} images; "
                + "take both files from one data set", labelPath);
    }

    private static string[] ReadClasses(string folder, string set)
    {
        var path = Path.Combine(folder, ClassNames);
        if (!File.Exists(path))
        {
            var mapping = Path.Combine(folder, $"{set}mapping.txt");
            return (Emnist.IsNamed(set) ? Emnist.Classes(set, File.Exists(mapping) ? mapping : null) : null) ?? [.. Enumerable.Range(0, UsualClasses).Select(digit => $"{digit}")];
        }
        var names = RegularFile.ReadInputLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        if (names.Length is < 2 or > 256)
            throw new ZfDeclException("ZF1119", $"names {names.Length} classes; 2 … 256 are possible, one a line in the order of their labels", path);
        return names;
    }

    private static string Require(IdxNames names, string folder, string part, string kind) =>
        names.Files.GetValueOrDefault((part, kind)) ?? throw new ZfDeclException("ZF1110", "holds IDX files, "
            + $"but no {names.Set}{part}-{kind}-idx{(kind == "images" ? 3 : 1)}-ubyte (or .gz); "
            + $"{names.Set}train-images-idx3-ubyte, {names.Set}train-labels-idx1-ubyte, {names.Set}t10k-images-idx3-ubyte and {names.Set}t10k-labels-idx1-ubyte are needed", folder);
}
