using System.Globalization;
using ZfDecl.Data.Formats;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>
/// The development kit of ILSVRC 2012: <c>data/ILSVRC2012_validation_ground_truth.txt</c>, whose line n is the class of validation image n as a number, and
/// <c>data/meta.mat</c>, which says what synset a number is.
/// </summary>
/// <param name="Truth">The path of the classes; null where it is not there.</param>
/// <param name="Meta">The path of the synsets; null where it is not there.</param>
internal sealed record ImageNetDevkit(string? Truth, string? Meta)
{
    /// <summary>The name of the file of classes.</summary>
    public const string TruthName = "ILSVRC2012_validation_ground_truth.txt";

    /// <summary>The name of the file of synsets.</summary>
    public const string MetaName = "meta.mat";

    private static readonly string[] Folders = ["ILSVRC2012_devkit_t12/data", "devkit/data", "data", ""];

    /// <summary>Finds the devkit, or what is there of it.</summary>
    /// <param name="candidates">The folders that may hold it, or its files, the likeliest first.</param>
    public static ImageNetDevkit Find(IReadOnlyList<string> candidates)
    {
        return new(Named(TruthName), Named(MetaName));

        string? Named(string name) => candidates.SelectMany(candidate => Folders.Select(folder => Path.Combine(candidate, folder, name))).FirstOrDefault(File.Exists);
    }

    /// <summary>The synset of each validation image, from the first.</summary>
    /// <exception cref="ZfDeclException">ZF1184: meta.mat is missing or damaged; ZF1151: a line is no number; ZF1181: a number stands for no synset.</exception>
    public string[] ReadTruth()
    {
        if (Meta is null)
        {
            throw new ZfDeclException("ZF1184", $"the numbers in here mean nothing without the devkit's {MetaName}, which says what synset each stands for; copy it into {Path.GetDirectoryName(Truth)}, "
                + "or use another file of classes: LOC_val_solution.csv of Kaggle, or val.txt of Caffe", Truth);
        }
        var synsets = ReadSynsets(Meta).ToDictionary(synset => synset.Number, synset => synset.Id);
        return [.. RegularFile.ReadInputLines(Truth!).Index().Where(line => line.Item.Trim().Length > 0).Select(line =>
            !int.TryParse(line.Item.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? throw new ZfDeclException("ZF1151", $"line {line.Index + 1} is '{line.Item.Trim()}'; each is a number of {MetaName}, 1 … 1000", Truth)
                : synsets.GetValueOrDefault(number) ?? throw new ZfDeclException("ZF1181", $"line {line.Index + 1} is {number}, which is no class of {Meta}; take both files from one devkit", Truth))];
    }

    /// <summary>The numbers, synsets and names of a <c>meta.mat</c>, in the order of the file.</summary>
    /// <exception cref="ZfDeclException">ZF1184: it is damaged, or of another kind.</exception>
    public static IReadOnlyList<(int Number, string Id, string Words)> ReadSynsets(string path)
    {
        try
        {
            return [.. MatStructs.Read(path, "synsets").Select(fields => fields.GetValueOrDefault("ILSVRC2012_ID") is double number && fields.GetValueOrDefault("WNID") is string id
                ? ((int)number, id, fields.GetValueOrDefault("words") as string ?? "")
                : throw new InvalidDataException("a synset has no ILSVRC2012_ID or no WNID"))];
        }
        catch (Exception damage) when (damage is InvalidDataException or ArgumentException)
        {
            throw new ZfDeclException("ZF1184", $"the synsets cannot be read: {damage.Message}; copy it anew from the devkit (ILSVRC2012_devkit_t12), or use another file of classes: "
                + "LOC_val_solution.csv of Kaggle, or val.txt of Caffe", path, damage);
        }
    }
}
