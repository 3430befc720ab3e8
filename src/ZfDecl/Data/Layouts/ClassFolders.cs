using ZfDecl.Data.Folders;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>A data folder with a folder for each class, with or without a split of its own.</summary>
internal sealed class ClassFolders : DataLayout
{
    /// <inheritdoc/>
    public override string Holds => "a folder for each class with its pictures (<folder>/<class>/…, or <folder>/train/<class>/… and <folder>/val/<class>/…)";

    /// <summary>Any folder, and any archive.</summary>
    /// <inheritdoc/>
    public override bool Recognises(string path) => Directory.Exists(path) || (TarFile.IsNamed(path) && File.Exists(path));

    /// <inheritdoc/>
    public override ImageData Open(string path, DataRequest request)
    {
        var folder = DataFolder.Open(path);
        var data = Open(folder, request, called: null);
        return folder.Path == path ? data : WrappedFolder.Within(data, path, folder.Path);
    }

    /// <summary>Finds the images, checks that they can be read, and splits them where the folder does not.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="request">What is wanted of the data.</param>
    /// <param name="called">What a class is called, where that is not the name of its folder.</param>
    /// <exception cref="ZfDeclException">There is too little in the folder, or too much that cannot be read, or its parts are not clear (ZF1102, ZF112x, ZF113x, ZF116x).</exception>
    public static ImageData Open(DataFolder folder, DataRequest request, Func<string, string>? called)
    {
        var log = request.Log;
        var parts = PartFolders.Find(folder, log);
        var found = new FoundImages(folder.Path, folder is ArchiveFolder ? "class folders in an archive" : "class folders", Scan(folder, parts.Train, log)) { Called = called };
        PartFolders.WarnOfClasses(found.Train, log);
        if (parts.Validation is { } validation)
            found = found with { Validation = Scan(folder, validation, log), ValidationFrom = $"{validation}/" };
        return LabelledFiles.Open(WithTest(found, folder, parts), request);
    }

    /// <summary>The images with those of the folder that is held out, where there is one.</summary>
    public static FoundImages WithTest(FoundImages found, DataFolder folder, PartFolders parts) =>
        parts.Test is { } test ? found with { Test = ClassTree.Scan(folder.Folder(test), $"{test}/"), TestFrom = $"{test}/" } : found;

    /// <summary>The images of a folder of class folders.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="split">The name of the folder within it; empty for itself.</param>
    /// <param name="log">Is told what is left out.</param>
    /// <exception cref="ZfDeclException">ZF1102, ZF1120: there are too few.</exception>
    public static ClassTree Scan(DataFolder folder, string split, IRunLog log)
    {
        var tree = ClassTree.Scan(folder.Folder(split), split.Length == 0 ? "" : $"{split}/");
        var root = tree.Root;
        if (tree.Classes.Length == 0)
            throw tree.Outside == 0
                ? new ZfDeclException("ZF1102", $"the folder holds no data: {UnknownFolder.Describe(root)}; expected is {DataLayouts.Expected}", root)
                : new ZfDeclException("ZF1120", $"the {Quantity.Of(tree.Outside, "image of the folder lies", "images of the folder lie")} in no class; {(UnknownFolder.Lists(root) is { Length: > 0 } lists ? lists : UnknownFolder.Lists(folder.Path))}{UnknownFolder.ClassesInNames([.. folder.Folder(split).Images.Select(image => image.Name)])}{(split.Length == 0 ? "" : $"by its name {split}/ is a part of a data set, and no class: where it is one, give its folder another name, or name the images in a list (a .csv file: path,class); ")}expected is {DataLayouts.Expected}", root);
        if (tree.Outside > 0)
            log.Warn("ZF1123", $"{Quantity.Of(tree.Outside, "image that lies in no class folder is", "images that lie in no class folder are")} left out; move them into the folder of their class", root);

        var filled = tree.Files.Select(file => file.Class).ToHashSet();
        foreach (var name in tree.Classes.Where(name => !filled.Contains(name)))
            log.Warn("ZF1121", $"class '{name}' has no images and is left out", Path.Combine(root, name));
        if (filled.Count < 2)
            throw new ZfDeclException("ZF1120", $"{filled.Count} of the {tree.Classes.Length} folders hold images, at least 2 classes are needed; {UnknownFolder.ClassesInNames([.. tree.Files.Select(file => file.Name)])}{Deeper(tree, filled) ?? $"expected is {DataLayouts.Expected}"}", root);
        return tree;
    }

    /// <summary>Where the data set lies instead, in words: in the only folder that holds images, at whatever depth; null where it lies nowhere.</summary>
    private static string? Deeper(ClassTree tree, IEnumerable<string> filled)
    {
        if (filled.SingleOrDefault() is not { } only)
            return null;
        var inner = new InnerFolders(tree);
        if (inner.WithParts(only) is { } parts)
            return $"'{parts}' holds parts of a data set: name it with `data={Path.Combine(tree.Root, parts)}`";
        var unwrapped = inner.Unwrapped(only);
        return inner.In(unwrapped).Count < 2 ? null : $"'{unwrapped}' holds {inner.In(unwrapped).Count} folders with images: if these are the classes, name it with `data={Path.Combine(tree.Root, unwrapped)}`";
    }
}
