using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>Which folders of a data folder are parts of the data set, by their names (see <see cref="PartWords"/>).</summary>
/// <param name="Train">The folder to train on; empty for the data folder itself, which then holds the classes.</param>
/// <param name="Validation">The folder to validate with; null where there is none.</param>
/// <param name="Test">The folder that is held out; null where there is none.</param>
internal sealed record PartFolders(string Train, string? Validation = null, string? Test = null)
{
    private const int NamesShown = 5;

    private static readonly PartFolders None = new("");

    /// <summary>Finds the parts.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="log">Is told what lies beside the parts and is left out.</param>
    /// <exception cref="ZfDeclException">ZF1162: two folders are the same part; ZF1163: there is no part to train on.</exception>
    public static PartFolders Find(string folder, IRunLog log)
    {
        var names = ClassTree.Subfolders(folder);
        var parts = names.ToLookup(PartWords.Of);
        if (parts.All(part => part.Key is null))
            return None;
        string[] trains = [.. parts[DataPart.Train]], beside = [.. parts[null].Where(name => ClassTree.HoldsImages(Path.Combine(folder, name)))];
        var hasOthers = parts[DataPart.Validation].Concat(parts[DataPart.Test]).Any();
        if (trains.Length == 0)
        {
            return beside.Length > 0 ? None : throw new ZfDeclException("ZF1163", $"the folder holds {string.Join(" and ", names.Where(name => PartWords.Of(name) is not null).Select(name => name + "/"))}, "
                + "but nothing to train on; put a folder train/ with a folder for each class beside it, or name a folder of class folders", folder);
        }
        // "train" may also be a class, of pictures of trains: it is a part where it holds folders and is not one class beside others, and where only parts are there.
        var holdsClasses = trains.Any(name => ClassTree.Subfolders(Path.Combine(folder, name)).Length > 0);
        if (beside.Length == 0 ? !holdsClasses && !hasOthers : !holdsClasses || !hasOthers)
            return None;

        var found = new PartFolders(Only(DataPart.Train)!, Only(DataPart.Validation), Only(DataPart.Test));
        if (beside.Length > 0)
            log.Warn("ZF1167", $"the images of {Listed(beside)} are left out, because {Listed([.. names.Where(name => PartWords.Of(name) is not null)])} are the parts of the data set; move them into the part that they belong to", folder);
        return found;

        string? Only(DataPart part) => parts[part].ToArray() is { Length: > 1 } several
            ? throw new ZfDeclException("ZF1162", $"{Listed(several)} are the same part of the data set; put their images into one of them, or move the other away", folder)
            : parts[part].SingleOrDefault();
    }

    /// <summary>The first folder that is named as a part; null where there is none.</summary>
    public static string? First(string folder, DataPart part) => ClassTree.Subfolders(folder).FirstOrDefault(name => PartWords.Of(name) == part);

    /// <summary>Warns where classes are named as parts, or hold them: a data set then lies deeper, or otherwise, than it was taken.</summary>
    /// <param name="tree">The classes, as they are taken.</param>
    /// <param name="log">Is warned (ZF1161).</param>
    public static void WarnOfClasses(ClassTree tree, IRunLog log)
    {
        string[] filled = [.. tree.Files.Select(file => file.Class).Distinct()];
        string[] alike = [.. filled.Where(name => PartWords.Within(name) is not null)];
        if (alike.Select(PartWords.Within).Distinct().Count() < 2)
            alike = [.. alike.Where(name => PartWords.Of(name) is DataPart.Validation or DataPart.Test)];
        if (alike.Length > 0)
            log.Warn("ZF1161", $"{Listed(alike)} {(alike.Length == 1 ? "is taken for a class and looks" : "are taken for classes and look")} like parts of a data set; if so, the folder that `data` names should hold train/, val/ and test/, each with a folder for each class", tree.Root);
        if (Holding(tree.Root, filled) is { Length: > 0 } holding)
            log.Warn("ZF1161", $"{Listed(holding)} {(holding.Length == 1 ? "is taken for a class and holds" : "are taken for classes and hold")} parts of a data set, whose images are taken together; parts lie outside of classes: <folder>/train/<class>/…, <folder>/val/<class>/…", tree.Root);
    }

    /// <summary>Those of some folders that hold a part to train on and another.</summary>
    public static string[] Holding(string root, IEnumerable<string> names) =>
        [.. names.Where(name => ClassTree.Subfolders(Path.Combine(root, name)).Select(PartWords.Of).OfType<DataPart>().Distinct().Order().ToArray() is [DataPart.Train, _, ..])];

    private static string Listed(string[] names) => string.Join(", ", names.Take(NamesShown).Select(name => $"'{name}'")) + (names.Length > NamesShown ? $" and {names.Length - NamesShown} more" : "");
}
