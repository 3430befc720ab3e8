using System.Security.Cryptography;
using ZfDecl.Data.Formats;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Data.Layouts;

/// <summary>A folder with the four files of MNIST and its kin.</summary>
internal sealed class IdxFolder : DataLayout
{
    private const string ClassNames = "classes.txt";

    /// <inheritdoc/>
    public override string Holds => "the IDX files of MNIST (train-images-idx3-ubyte.gz …)";

    /// <summary>Whether any of the four files is there.</summary>
    /// <inheritdoc/>
    public override bool Recognises(string path) =>
        Find(path, "train", "images") is not null || Find(path, "train", "labels") is not null
        || Find(path, "t10k", "images") is not null || Find(path, "t10k", "labels") is not null;

    /// <summary>Reads all four files into memory.</summary>
    /// <inheritdoc/>
    /// <exception cref="ZfDeclException">A file is missing or damaged, or two do not fit each other (ZF1110 … ZF1119).</exception>
    public override ImageData Open(string path, DataRequest request)
    {
        var classes = ReadClasses(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var train = OpenSplit(path, "train", classes, request.Decoded, hash);
        var validation = OpenSplit(path, "t10k", classes, request.Decoded, hash);
        var description = $"IDX files: {train.Count} training images of {train.Source}, "
            + $"{validation.Count} validation images of {validation.Source}, {classes.Length} classes";
        return new(train, validation, Convert.ToHexStringLower(hash.GetHashAndReset()), description) { TestValidates = true, Numbered = classes };
    }

    private static MemoryImageSet OpenSplit(string folder, string split, string[] classes, FeatureShape decoded, IncrementalHash hash)
    {
        var imagePath = Require(folder, split, "images");
        var labelPath = Require(folder, split, "labels");
        var images = IdxFile.Read(imagePath, 3, 4);
        var labels = IdxFile.Read(labelPath, 1);
        var source = images.Sizes is [_, var channels, var height, var width]
            ? new FeatureShape(channels, height, width)
            : new FeatureShape(1, images.Sizes[1], images.Sizes[2]);
        if (source.Maps is not (1 or 3))
            throw new ZfDeclException("ZF1116", $"holds images of {source.Maps} channels; grey (1) and RGB (3) images can be read", imagePath);
        if (labels.Sizes[0] != images.Sizes[0])
            throw new ZfDeclException("ZF1117", $"holds {labels.Sizes[0]} labels, but {Path.GetFileName(imagePath)} holds {images.Sizes[0]} images; "
                + "take both files from one data set", labelPath);
        var wrong = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classes.Length - 1));
        if (wrong >= 0)
            throw new ZfDeclException("ZF1118", $"label {wrong} is {labels.Values[wrong]}, "
                + $"but with {classes.Length} classes labels are 0 … {classes.Length - 1}; "
                + $"name all classes in {ClassNames} beside it, one a line", labelPath);

        foreach (var part in (ReadOnlySpan<IdxFile>)[images, labels])
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{string.Join('×', part.Sizes)}\n"));
            hash.AppendData(part.Values);
        }
        return new(images.Values, source, labels.Values, classes, decoded, index => $"{split}[{index}]");
    }

    private static string[] ReadClasses(string folder)
    {
        var path = Path.Combine(folder, ClassNames);
        if (!File.Exists(path))
            return [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];
        var names = File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        if (names.Length is < 2 or > 256)
            throw new ZfDeclException("ZF1119", $"names {names.Length} classes; 2 … 256 are possible, one a line in the order of their labels", path);
        return names;
    }

    private static string Require(string folder, string split, string kind) =>
        Find(folder, split, kind) ?? throw new ZfDeclException("ZF1110", "holds IDX files, "
            + $"but no {split}-{kind}-idx{(kind == "images" ? 3 : 1)}-ubyte (or .gz); "
            + "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte are needed", folder);

    private static string? Find(string folder, string split, string kind)
    {
        string[] forms = kind == "images" ? ["idx3", "idx4"] : ["idx1"];
        return (from form in forms
                from separator in "-."
                from ending in (string[])["", ".gz"]
                let path = Path.Combine(folder, $"{split}-{kind}{separator}{form}-ubyte{ending}")
                where File.Exists(path)
                select path).FirstOrDefault();
    }
}
