using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>The lists of a part of PASCAL VOC, one a class: <c>ImageSets/Main/cat_train.txt</c> with lines <c>2008_000008 -1</c>, as many as the part has images.</summary>
/// <param name="Classes">The names of the classes, in ordinal order.</param>
/// <param name="Images">The names of the images, in the order of the lists.</param>
/// <param name="Labels">Whether each holds each class.</param>
internal sealed record PascalVocLists(string[] Classes, string[] Images, Presence[][] Labels)
{
    /// <summary>The classes that have a list of a part.</summary>
    public static string[] ClassesOf(string folder, string part) =>
        [.. Directory.EnumerateFiles(folder, $"*_{part}.txt").Select(path => Path.GetFileNameWithoutExtension(path)![..^(part.Length + 1)]).Where(name => name.Length > 0).Order(StringComparer.Ordinal)];

    /// <summary>Reads the lists of a part.</summary>
    /// <param name="folder">The folder of the lists.</param>
    /// <param name="part">For example <c>train</c>.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <exception cref="ZfDeclException">ZF1190: a list is missing; ZF1151: a line is malformed; ZF1191: lists name different images; ZF1192: there is no image.</exception>
    public static PascalVocLists Read(string folder, string part, string[] classes)
    {
        var lists = Array.ConvertAll(classes, name => ReadList(PathOf(name)));
        string[] images = [.. lists[0].Keys];
        if (images.Length == 0)
            throw new ZfDeclException("ZF1192", $"the list names no image; take the lists of ImageSets/Main from one copy of the data set", PathOf(classes[0]));
        foreach (var (position, list) in lists.Index())
        {
            if (list.Count != images.Length || !images.All(list.ContainsKey))
            {
                throw new ZfDeclException("ZF1191", $"the list names {list.Count} images and {Path.GetFileName(PathOf(classes[0]))} {images.Length}; only one of them names '{images.Except(list.Keys).Concat(list.Keys.Except(images)).First()}'. "
                    + "All lists of a part name the same images: take them from one copy of the data set", PathOf(classes[position]));
            }
        }
        return new(classes, images, Array.ConvertAll(images, image => Array.ConvertAll(lists, list => list[image])));

        string PathOf(string name) => Path.Combine(folder, $"{name}_{part}.txt");
    }

    private static Dictionary<string, Presence> ReadList(string path)
    {
        if (!File.Exists(path))
            throw new ZfDeclException("ZF1190", "there is no such list, though the class has others; each class needs one of each part: copy ImageSets/Main whole", path);
        var labels = new Dictionary<string, Presence>();
        foreach (var (index, line) in RegularFile.ReadInputLines(path).Index())
        {
            if (line.Trim().Length == 0)
                continue;
            if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [var name, var label] || label is not ("1" or "0" or "-1"))
                throw new ZfDeclException("ZF1151", $"line {index + 1} is '{line.Trim()}'; expected is the name of an image and 1, 0 (difficult) or -1, such as '2008_000008 -1'", path);
            if (PlainName.Flaw(name) is { } flaw)
                throw new ZfDeclException("ZF1151", $"line {index + 1} names the image '{name}', and {flaw}; expected is such as 2008_000008", path);
            if (!labels.TryAdd(name, label switch { "1" => Presence.Present, "0" => Presence.Difficult, _ => Presence.Absent }))
                throw new ZfDeclException("ZF1151", $"line {index + 1} names '{name}' again; each image has one line", path);
        }
        return labels;
    }
}
