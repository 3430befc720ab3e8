using System.Globalization;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>The classes of the validation images of ImageNet, which lie in one folder, from whichever file says them.</summary>
/// <param name="File">The file.</param>
/// <param name="Synsets">The synset of each image, by the name of its file without the ending.</param>
/// <param name="IsByNumber">Whether images are known by the number of their line: where one line lacks, all after it are wrong.</param>
internal sealed record ImageNetTruth(string File, IReadOnlyDictionary<string, string> Synsets, bool IsByNumber = false)
{
    /// <summary>What the files are called, for a user who has none.</summary>
    public const string Expected = "LOC_val_solution.csv of Kaggle, the folder ILSVRC2012_devkit_t12, val.txt of Caffe (caffe_ilsvrc12), or val_annotations.txt of Tiny ImageNet";

    /// <summary>Finds and reads the file.</summary>
    /// <param name="candidates">The folders that may hold it, the likeliest first.</param>
    /// <param name="trained">The synsets that have training images, in ordinal order.</param>
    /// <returns>The truth; null where there is no such file.</returns>
    /// <exception cref="ZfDeclException">ZF1151: a line is malformed; ZF1181: a class is none; ZF1184: the devkit is not whole.</exception>
    public static ImageNetTruth? Find(IReadOnlyList<string> candidates, string[] trained)
    {
        if (Named("val_annotations.txt") is { } tiny)
            return new(tiny, ReadAnnotations(tiny));
        if (Named("LOC_val_solution.csv") is { } kaggle)
            return new(kaggle, ReadSolution(kaggle));
        if (ImageNetDevkit.Find(candidates) is { Truth: { } truth } devkit)
            return new(truth, devkit.ReadTruth().Index().ToDictionary(line => string.Create(CultureInfo.InvariantCulture, $"ILSVRC2012_val_{line.Index + 1:00000000}"), line => line.Item), IsByNumber: true);
        if (Named("val.txt") is { } caffe)
            return new(caffe, ReadNumbered(caffe, Order(caffe)));
        return null;

        string? Named(string name) => candidates.Select(candidate => Path.Combine(candidate, name)).FirstOrDefault(System.IO.File.Exists);

        // Labels count the 1,000 synsets in ordinal order, whichever of them have training images here.
        string[] Order(string caffe) => ((string?[])["synsets.txt", "synset_words.txt", "LOC_synset_mapping.txt"]).Select(name => Named(name!)).FirstOrDefault(file => file is not null) is { } list
            ? [.. SynsetNames.Ids(list).Order(StringComparer.Ordinal)] : trained;
    }

    /// <summary>Lines of a file, a synset and a box, with tabs between.</summary>
    private static Dictionary<string, string> ReadAnnotations(string path) => Read(path, "a file, a tab and its synset", line => line.Split('\t') is [var name, var synset, ..] ? (name, synset) : null);

    /// <summary>A header, then lines <c>ILSVRC2012_val_00048981,n03995372 85 1 499 272</c>: synsets with their boxes, all of one synset.</summary>
    private static Dictionary<string, string> ReadSolution(string path) => Read(path, "an image, a comma and its synset with boxes",
        line => line.Split(',') is [var name, var boxes] && boxes.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var synset, ..] ? (name, synset) : null, header: "ImageId");

    /// <summary>Lines of a file, a space and its label.</summary>
    private static Dictionary<string, string> ReadNumbered(string path, string[] order)
    {
        var most = -1;
        var synsets = Read(path, "a file, a space and its label, from 0", line =>
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var name, var number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var label))
                return null;
            most = Math.Max(most, label);
            return (name, label < order.Length ? order[label] : ClassFree);
        });
        return most + 1 == order.Length ? synsets : throw new ZfDeclException("ZF1181", $"labels go up to {most}, but there are {order.Length} synsets for them to count; "
            + "put Caffe's synsets.txt (all synsets, in their order) beside it, or take val.txt from the same candidate as the images", path);
    }

    private const string ClassFree = "n00000000";

    private static Dictionary<string, string> Read(string path, string expected, Func<string, (string Name, string Synset)?> parse, string? header = null)
    {
        var synsets = new Dictionary<string, string>();
        foreach (var (index, line) in RegularFile.ReadInputLines(path).Index())
        {
            if (line.Trim().Length == 0 || (index == 0 && header is not null && line.StartsWith(header, StringComparison.OrdinalIgnoreCase)))
                continue;
            if (parse(line.Trim()) is not var (name, synset) || !ClassName.IsSynset(synset))
                throw new ZfDeclException("ZF1151", $"line {index + 1} is '{line.Trim()}'; expected is {expected}, such as n01440764", path);
            synsets[Path.GetFileNameWithoutExtension(name.Replace('\\', '/'))] = synset;
        }
        return synsets;
    }
}
