using System.Security.Cryptography;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Data.Layouts;

/// <summary>
/// A folder with the binary files of CIFAR-10 (<c>data_batch_1.bin</c> …, <c>test_batch.bin</c>, <c>batches.meta.txt</c>) or of CIFAR-100
/// (<c>train.bin</c>, <c>test.bin</c>, <c>fine_label_names.txt</c>). They hold records of the label, in CIFAR-100 the coarse one and the fine one of
/// which the fine one counts, and the image: 3×32×32 bytes. (Krizhevsky 2009.)
/// </summary>
internal sealed class CifarFolder : DataLayout
{
    /// <summary>The shape of an image.</summary>
    public static readonly FeatureShape Source = new(3, 32, 32);

    private static readonly Form Cifar10 = new("CIFAR-10", 10, 1, "batches.meta.txt", "data_batch_*.bin", "test_batch.bin");
    private static readonly Form Cifar100 = new("CIFAR-100", 100, 2, "fine_label_names.txt", "train.bin", "test.bin");

    /// <inheritdoc/>
    public override string Holds => "the files of CIFAR (data_batch_1.bin …, or data_batch_1 … for Python)";

    /// <summary>Whether any of the files is there.</summary>
    /// <inheritdoc/>
    public override bool Recognises(string path) => Directory.Exists(path) && FormOf(path) is not null;

    /// <summary>Reads all files into memory.</summary>
    /// <inheritdoc/>
    /// <exception cref="ZfDeclException">A file is missing or damaged (ZF1140 … ZF1143).</exception>
    public override ImageData Open(string path, DataRequest request)
    {
        var form = FormOf(path)!;
        var classes = ReadClasses(path, form);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        return Found(form.Name, OpenSplit(path, form, form.Train, classes, request, hash), OpenSplit(path, form, form.Validation, classes, request, hash), hash);
    }

    /// <summary>What both splits come to, in whatever files they were.</summary>
    /// <param name="name">What the data are called.</param>
    /// <param name="train">The training images.</param>
    /// <param name="validation">The others.</param>
    /// <param name="hash">Of the labels and pixels of both.</param>
    public static ImageData Found(string name, MemoryImageSet train, MemoryImageSet validation, IncrementalHash hash) =>
        new(train, validation, Convert.ToHexStringLower(hash.GetHashAndReset()), $"{name}: {train.Count} training images, {validation.Count} validation images of {Source}, {train.Classes.Count} classes")
        {
            TestValidates = true,
            Numbered = train.Classes,
        };

    /// <summary>The name of an image: that of its file, and its number in there.</summary>
    /// <param name="paths">The files of its split.</param>
    /// <param name="counts">How many images each of them holds.</param>
    /// <param name="index">The image's number in the split.</param>
    public static string NameOf(IReadOnlyList<string> paths, IReadOnlyList<int> counts, int index)
    {
        var file = 0;
        while (index >= counts[file])
            index -= counts[file++];
        return $"{Path.GetFileName(paths[file])}[{index}]";
    }

    /// <summary>Memory for the images and the labels of a split.</summary>
    /// <exception cref="ZfDeclException">ZF1141: it has more images than fit.</exception>
    public static (byte[] Pixels, byte[] Labels) Reserve(long images, string pattern, string folder) => images * Source.Count <= Array.MaxLength
        ? (new byte[images * Source.Count], new byte[images])
        : throw new ZfDeclException("ZF1141", $"{pattern} are {images} images, more than fit into memory at once; take some away", folder);

    private static Form? FormOf(string folder) =>
        ((Form[])[Cifar10, Cifar100]).FirstOrDefault(form => Find(folder, form.Train).Length + Find(folder, form.Validation).Length > 0);

    private static string[] Find(string folder, string pattern) => [.. Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal)];

    private static MemoryImageSet OpenSplit(string folder, Form form, string pattern, string[] classes, DataRequest request, IncrementalHash hash)
    {
        var paths = Find(folder, pattern);
        if (paths.Length == 0)
            throw new ZfDeclException("ZF1140", $"holds files of {form.Name}, but no {pattern}; {form.Train} and {form.Validation} are needed", folder);
        var records = Array.ConvertAll(paths, path => CountOf(path, form));
        var (pixels, labels) = Reserve(records.Sum(), pattern, folder);
        var (counts, next) = (Array.ConvertAll(records, count => (int)count), 0);
        foreach (var (path, count) in paths.Zip(counts))
        {
            Read(path, form, count, pixels.AsSpan(next * (int)Source.Count), labels.AsSpan(next));
            next += count;
        }
        hash.AppendData(labels);
        hash.AppendData(pixels);
        return new(pixels, Source, labels, classes, request.Decoded, index => NameOf(paths, counts, index)) { Resizing = request.Resizing };
    }

    private static long CountOf(string path, Form form)
    {
        var length = RegularFile.Length(path);
        if (length == 0 || length % form.Record != 0)
        {
            var whole = Math.Max((length + form.Record - 1) / form.Record, 1);
            throw new ZfDeclException("ZF1141", $"has {length} bytes; an image of {form.Name} takes {form.Record}, so {whole} images take {whole * form.Record}: "
                + "it is truncated or damaged; download or copy it again", path);
        }
        return length / form.Record;
    }

    private static void Read(string path, Form form, int count, Span<byte> pixels, Span<byte> labels)
    {
        using var file = RegularFile.OpenInput(path, RegularFile.LargestArray);
        using var records = new BufferedStream(file, 1 << 16);
        Span<byte> label = stackalloc byte[2];
        for (var i = 0; i < count; i++)
        {
            try
            {
                records.ReadExactly(label[..form.Labels]);
                records.ReadExactly(pixels.Slice(i * (int)Source.Count, (int)Source.Count));
            }
            catch (EndOfStreamException end)
            {
                throw new ZfDeclException("ZF1141", $"ends in image {i} of {count}: it became shorter while it was read", path, end);
            }
            labels[i] = label[form.Labels - 1];
            if (labels[i] >= form.Classes)
                throw new ZfDeclException("ZF1142", $"the label of image {i} is {labels[i]}, but in {form.Name} labels are 0 … {form.Classes - 1}: "
                    + "it is damaged, or of another kind; download it again", path);
        }
    }

    private static string[] ReadClasses(string folder, Form form)
    {
        var path = Path.Combine(folder, form.ClassNames);
        if (!File.Exists(path))
            return [.. Enumerable.Range(0, form.Classes).Select(label => $"{label}")];
        var names = RegularFile.ReadInputLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        if (names.Length != form.Classes)
            throw new ZfDeclException("ZF1143", $"names {names.Length} classes; {form.Name} has {form.Classes}, one a line in the order of their labels", path);
        return names;
    }

    /// <summary>One of the two data sets.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Classes">How many classes.</param>
    /// <param name="Labels">Labels in a record, of which the last one counts.</param>
    /// <param name="ClassNames">The file of their names.</param>
    /// <param name="Train">The training files.</param>
    /// <param name="Validation">The other file.</param>
    private sealed record Form(string Name, int Classes, int Labels, string ClassNames, string Train, string Validation)
    {
        /// <summary>Bytes of an image with its labels.</summary>
        public long Record => Labels + Source.Count;
    }
}
