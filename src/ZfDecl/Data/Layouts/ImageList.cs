using ZfDecl.Data.Decoding;
using ZfDecl.Data.Folders;
using ZfDecl.Data.Lists;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>
/// A list of images with their classes: a table (<c>.csv</c>, <c>.tsv</c>) whose header names a path, a class and, where there is one, a split (see <see cref="ListTable"/> for other words), or Caffe's lines
/// <c>path label</c> (<c>.txt</c>). Paths are relative to the file's folder, or to another that the user has named for it, and lead nowhere else; a split is a word of <see cref="PartWords"/>. Where none
/// validates, a tenth of each class of the training images does. Test images may lack a class.
/// </summary>
internal sealed class ImageList : DataLayout
{
    private const string OfLines = ".txt";

    private static readonly string[] Endings = [".csv", ".tsv", OfLines];

    /// <inheritdoc/>
    public override bool Recognises(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) && File.Exists(path);

    /// <summary>Reads the list, and opens its images.</summary>
    /// <inheritdoc/>
    /// <exception cref="ZfDeclException">The list is damaged, too much of what it names cannot be read, or lies elsewhere (ZF112x, ZF113x, ZF115x, ZF1491).</exception>
    public override ImageData Open(string path, DataRequest request)
    {
        var text = ListText.Read(path, out var encoding);
        if (encoding is not null)
            request.Log.Say($"{Path.GetFileName(path)} is not UTF-8 and is read as {encoding}");
        var table = OfLines.Equals(Path.GetExtension(path), StringComparison.OrdinalIgnoreCase) ? ListTable.OfLines(path, text) : ListTable.OfColumns(path, text);
        if (table.Others.ToArray() is { Length: > 0 } others)
            request.Log.Say($"of {Path.GetFileName(path)} the columns {table.Header[table.Path]} and {table.Header[table.Class]}{(table.Split < 0 ? "" : $" and {table.Header[table.Split]}")} are taken, and {string.Join(", ", others)} not");
        return Open(path, table, request);
    }

    private static ImageData Open(string path, ListTable table, DataRequest request)
    {
        var (file, name, part) = (table.Path, table.Class, table.Split);
        var (paths, once) = (new ListedPaths(path, request.ListRoot), new ListedOnce(path));
        var parts = Enum.GetValues<DataPart>().ToDictionary(one => one, _ => new List<ImageFile>());
        var unlabelled = 0;
        foreach (var (line, values) in table.Rows)
        {
            if (values.Length != table.Header.Length)
                throw new ZfDeclException("ZF1151", $"line {line} has {values.Length} values and the header {table.Header.Length}; put what has a comma in it in quotes", path);
            var itsPart = part < 0 ? DataPart.Train : PartWords.Of(values[part].Trim())
                ?? throw new ZfDeclException("ZF1151", $"line {line}: split '{values[part].Trim()}' is none of {PartWords.All}", path);
            var itsClass = values[name].Trim();
            if (values[file].Length == 0 || (itsClass.Length == 0 && itsPart != DataPart.Test))
                throw new ZfDeclException("ZF1151", $"line {line} names no {(values[file].Length == 0 ? "path" : "class")}", path);
            var (found, itsName) = paths.FindImage(values[file]);
            if (found is null && itsClass.Length > 0)
                throw new ZfDeclException(ListedPaths.Code, $"line {line}: {ListedPaths.Outside(values[file])}", path);
            if (found is not null && !once.Add(line, found, itsPart, itsClass))
                continue;
            if (itsClass.Length == 0)
                unlabelled++;
            else
                parts[itsPart].Add(new(found!, itsName, itsClass, ImageFile.LengthOf(found!)));
        }
        once.WarnOfRepeats(request.Log);
        if (parts[DataPart.Train].DistinctBy(one => one.Class).Count() is < 2 and var classes)
        {
            var others = parts[DataPart.Validation].Count + parts[DataPart.Test].Count + unlabelled;
            throw new ZfDeclException("ZF1120", $"the images to train on are of {Quantity.Of(classes, "class", "classes")}; at least 2 are needed"
                + (others == 0 ? "" : $". By the column split {Quantity.Of(parts[DataPart.Train].Count, "line is", "lines are")} of train and {others} of validation and test; write train there for what is to be trained on"), path);
        }
        return LabelledFiles.Open(
            new(path, $"list {Path.GetFileName(path)}", Tree(parts[DataPart.Train]))
            {
                Validation = parts[DataPart.Validation] is { Count: > 0 } validation ? Tree(validation) : null,
                ValidationFrom = "its split",
                Test = parts[DataPart.Test] is var test && test.Count + unlabelled > 0 ? Tree(test) with { Outside = unlabelled } : null,
                TestFrom = "its split",
            },
            request);

        ClassTree Tree(List<ImageFile> files) =>
            new(path, [.. files.Select(one => one.Class).Distinct().Order(StringComparer.Ordinal)], [.. files], 0);
    }
}
