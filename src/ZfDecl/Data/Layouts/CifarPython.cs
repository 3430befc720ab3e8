using System.Security.Cryptography;
using System.Text;
using ZfDecl.Data.Formats;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>
/// CIFAR-10 (<c>data_batch_1</c> …, <c>test_batch</c>, <c>batches.meta</c>) or CIFAR-100 (<c>train</c>, <c>test</c>, <c>meta</c>) as published for Python: pickles of a dictionary with the images,
/// [N, 3072] bytes, and their labels. They are read as data; nothing in them is run (see <see cref="Pickle"/>).
/// </summary>
internal sealed class CifarPython : DataLayout
{
    private static readonly Form Cifar10 = new("CIFAR-10", 10, "data_batch_*", "test_batch", "batches.meta", "labels", "label_names");
    private static readonly Form Cifar100 = new("CIFAR-100", 100, "train", "test", "meta", "fine_labels", "fine_label_names");

    /// <summary>Whether files without ending are there that are called as CIFAR's; of CIFAR-100, whose names say little, with its <c>meta</c>.</summary>
    /// <inheritdoc/>
    public override bool Recognises(string path) => Directory.Exists(path) && FormOf(path) is not null;

    /// <summary>Reads all files into memory.</summary>
    /// <inheritdoc/>
    /// <exception cref="ZfDeclException">A file is missing or damaged (ZF1139 … ZF1143).</exception>
    public override ImageData Open(string path, DataRequest request)
    {
        var form = FormOf(path)!;
        var classes = ReadClasses(path, form);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        return CifarFolder.Found($"{form.Name} for Python", OpenSplit(path, form, form.Train, classes, request, hash), OpenSplit(path, form, form.Validation, classes, request, hash), hash);
    }

    private static Form? FormOf(string folder) =>
        Find(folder, Cifar10.Train).Length + Find(folder, Cifar10.Validation).Length > 0 ? Cifar10
        : Find(folder, Cifar100.Train).Length > 0 && Find(folder, Cifar100.Names).Length > 0 ? Cifar100 : null;

    private static string[] Find(string folder, string pattern) => [.. Directory.EnumerateFiles(folder, pattern).Where(path => pattern.Contains('.', StringComparison.Ordinal) || Path.GetExtension(path).Length == 0).Order(StringComparer.Ordinal)];

    private static MemoryImageSet OpenSplit(string folder, Form form, string pattern, string[] classes, DataRequest request, IncrementalHash hash)
    {
        var paths = Find(folder, pattern);
        if (paths.Length == 0)
            throw new ZfDeclException("ZF1140", $"holds files of {form.Name} for Python, but no {pattern}; {form.Train} and {form.Validation} are needed", folder);
        var batches = Array.ConvertAll(paths, path => ReadBatch(path, form));
        var counts = Array.ConvertAll(batches, batch => batch.Labels.Length);
        var (pixels, labels) = CifarFolder.Reserve(counts.Sum(count => (long)count), pattern, folder);
        var next = 0;
        foreach (var batch in batches)
        {
            batch.Pixels.CopyTo(pixels, next * CifarFolder.Source.Count);
            batch.Labels.CopyTo(labels, next);
            next += batch.Labels.Length;
        }
        hash.AppendData(labels);
        hash.AppendData(pixels);
        return new(pixels, CifarFolder.Source, labels, classes, request.Decoded, index => CifarFolder.NameOf(paths, counts, index)) { Resizing = request.Resizing };
    }

    private static (byte[] Pixels, byte[] Labels) ReadBatch(string path, Form form)
    {
        var batch = ReadPickle(path);
        var pixels = batch.GetValueOrDefault("data") switch { NumPyArray array => array.Values, string bytes => Encoding.Latin1.GetBytes(bytes), _ => null };
        if (pixels is null || batch.GetValueOrDefault(form.Labels) is not List<object?> labels || labels.Any(label => label is not long))
            throw new ZfDeclException("ZF1139", $"holds {(batch.Count == 0 ? "nothing" : string.Join(", ", batch.Keys))}; a batch of {form.Name} holds data, bytes, and {form.Labels}, a list of numbers: download it again", path);
        if (labels.Count == 0 || pixels.LongLength != labels.Count * CifarFolder.Source.Count)
            throw new ZfDeclException("ZF1141", $"has {pixels.Length} bytes of {labels.Count} images; an image of {form.Name} takes {CifarFolder.Source.Count}: it is truncated or damaged; download or copy it again", path);
        var wrong = labels.FindIndex(label => (long)label! < 0 || (long)label! >= form.Classes);
        if (wrong >= 0)
            throw new ZfDeclException("ZF1142", $"the label of image {wrong} is {labels[wrong]}, but in {form.Name} labels are 0 … {form.Classes - 1}: it is damaged, or of another kind; download it again", path);
        return (pixels, [.. labels.Select(label => (byte)(long)label!)]);
    }

    private static OrderedDictionary<string, object?> ReadPickle(string path)
    {
        try
        {
            using var file = RegularFile.OpenInput(path, RegularFile.LargestWhole);
            using var content = new BufferedStream(file, 1 << 16);
            return Pickle.Read(content) as OrderedDictionary<string, object?> ?? throw new InvalidDataException("it holds no dictionary");
        }
        catch (InvalidDataException damage)
        {
            throw new ZfDeclException("ZF1139", $"cannot be read as a pickle of plain data: {damage.Message}; download it again", path, damage);
        }
    }

    private static string[] ReadClasses(string folder, Form form)
    {
        if (Find(folder, form.Names) is not [var path, ..])
            return [.. Enumerable.Range(0, form.Classes).Select(label => $"{label}")];
        var names = ReadPickle(path).GetValueOrDefault(form.NamesKey) as List<object?> ?? [];
        if (names.Count != form.Classes || names.Any(name => name is not string))
            throw new ZfDeclException("ZF1143", $"names {names.Count} classes; {form.Name} has {form.Classes}", path);
        return [.. names.Select(name => (string)name!)];
    }

    /// <summary>One of the two data sets.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Classes">How many classes.</param>
    /// <param name="Train">The training files.</param>
    /// <param name="Validation">The other file.</param>
    /// <param name="Names">The file of the classes' names.</param>
    /// <param name="Labels">The key of the labels in a file.</param>
    /// <param name="NamesKey">The key of the names in theirs.</param>
    private sealed record Form(string Name, int Classes, string Train, string Validation, string Names, string Labels, string NamesKey);
}
