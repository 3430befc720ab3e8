using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Data.Folders;

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
    public static PartFolders Find(DataFolder folder, IRunLog log)
    {
        var names = folder.Folders;
        var parts = names.ToLookup(PartWords.Of);
        if (parts.All(part => part.Key is null))
            return None;
        string[] trains = [.. parts[DataPart.Train]], beside = [.. parts[null].Where(name => folder.Folder(name).ImagesBelow().Any())];
        var hasOthers = parts[DataPart.Validation].Concat(parts[DataPart.Test]).Any();
        if (trains.Length == 0)
        {
            return beside.Length > 0 ? None : throw new ZfDeclException("ZF1163", $"the folder holds {string.Join(" and ", names.Where(name => PartWords.Of(name) is not null).Select(name => name + "/"))}, "
                + "but nothing to train on; put a folder train/ with a folder for each class beside it, or name a folder of class folders", folder.Path);
        }
        // "train" may also be a class, of pictures of trains: it is a part where it holds folders and is not one class beside others, and where only parts are there.
        var holdsClasses = trains.Any(name => folder.Folder(name).Folders.Count > 0);
        if (beside.Length == 0 ? !holdsClasses && !hasOthers : !holdsClasses || !hasOthers)
            return None;

        var found = new PartFolders(Only(DataPart.Train)!, Only(DataPart.Validation), Only(DataPart.Test));
        if (beside.Length > 0)
            log.Warn("ZF1167", $"the images of {Listed(beside)} are left out, because {Listed([.. names.Where(name => PartWords.Of(name) is not null)])} are the parts of the data set; move them into the part that they belong to", folder.Path);
        return found;

        string? Only(DataPart part) => parts[part].ToArray() is { Length: > 1 } several
            ? throw new ZfDeclException("ZF1162", $"{Listed(several)} are the same part of the data set; put their images into one of them, or move the other away", folder.Path)
            : parts[part].SingleOrDefault() is { } name ? Inmost(folder, name, part) : null;
    }

    /// <summary>A folder, or where it only wraps another of the same part, as archives unpack, that one: <c>seg_train/seg_train</c>.</summary>
    private static string Inmost(DataFolder folder, string name, DataPart part) =>
        folder.Folder(name) is { Folders: [var only], Images.Count: 0 } && PartWords.Of(only) == part ? Inmost(folder, $"{name}/{only}", part) : name;

    /// <summary>The first folder that is named as a part; null where there is none.</summary>
    public static string? First(DataFolder folder, DataPart part) => folder.Folders.FirstOrDefault(name => PartWords.Of(name) == part);

    /// <summary>Warns where classes look like parts, by their names or by what is in them, or hold some: a data set then lies deeper, or otherwise, than it was taken.</summary>
    /// <param name="tree">The classes, as they are taken.</param>
    /// <param name="log">Is warned (ZF1161).</param>
    public static void WarnOfClasses(ClassTree tree, IRunLog log)
    {
        string[] filled = [.. tree.Files.Select(file => file.Class).Distinct()];
        var inner = new InnerFolders(tree);
        string[] holding = [.. filled.Where(name => inner.WithParts(name) is not null)];
        string[] alike = [.. NamedAlike(filled).Union(FilledAlike(filled, inner)).Except(holding).Order(StringComparer.Ordinal)];
        if (alike.Length > 0)
            log.Warn("ZF1161", $"{Listed(alike)} {(alike.Length == 1 ? "is taken for a class and looks like a part" : "are taken for classes and look like parts")} of a data set; if so, the folder that `data` names should hold train/, val/ and test/, each with a folder for each class", tree.Root);
        if (holding.Length > 0)
            log.Warn("ZF1161", $"{Listed(holding)} {(holding.Length == 1 ? "is taken for a class and holds" : "are taken for classes and hold")} parts of a data set, whose images are taken together; "
                + (holding is [var only] ? $"to take the parts, name the folder that holds them: `data={Path.Combine(tree.Root, inner.WithParts(only)!)}`" : "parts lie outside of classes: <folder>/train/<class>/…, <folder>/val/<class>/…"), tree.Root);
    }

    /// <summary>Classes that speak of parts: of two, or of one that nothing else is called by.</summary>
    private static string[] NamedAlike(string[] classes)
    {
        string[] alike = [.. classes.Where(name => PartWords.Within(name) is not null)];
        return alike.Select(PartWords.Within).Distinct().Count() > 1 ? alike : [.. alike.Where(name => PartWords.Of(name) is DataPart.Validation or DataPart.Test)];
    }

    /// <summary>Classes that hold folders as a part holds classes: called like other classes, or like those in other classes; or several, in a folder that is named as a part.</summary>
    private static IEnumerable<string> FilledAlike(string[] classes, InnerFolders inner)
    {
        const int Several = 2;
        var held = classes.ToDictionary(name => name, name => inner.In(inner.Unwrapped(name)));
        var shared = held.Values.SelectMany(names => names).GroupBy(name => name).Where(holders => holders.Count() > 1).Select(holders => holders.Key).ToHashSet();
        return from name in classes
               let own = held[name]
               where own.Any(one => one != name && held.ContainsKey(one)) || own.Count(shared.Contains) >= Several || (own.Count >= Several && PartWords.Of(name) is not null)
               select name;
    }

    private static string Listed(string[] names) => string.Join(", ", names.Take(NamesShown).Select(name => $"'{name}'")) + (names.Length > NamesShown ? $" and {names.Length - NamesShown} more" : "");
}
