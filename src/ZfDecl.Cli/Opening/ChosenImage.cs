using ZfDecl.Data.Decoding;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using ZfDecl.Search;

namespace ZfDecl.Cli.Opening;

/// <summary>An image that the user has named.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Decoded">[C, h, w] of the decoded shape, 0 … 255.</param>
/// <param name="Index">Its index in the split; null for a file that is not in it.</param>
/// <param name="Label">Its class, an output of the network; null where that is not known, or not one.</param>
internal sealed record ChosenImage(string Name, byte[] Decoded, int? Index, int? Label)
{
    private const int ClassesShown = 4;

    /// <summary>Why there is no <see cref="Label"/>, as the end of a sentence on the image.</summary>
    public string WithoutLabel { get; private init; } = "is not among the images: its true class is not known";

    /// <summary>Finds what the user has named; where nothing is named, the first image of each class that the network knows, of four at most.</summary>
    /// <param name="given">Indices, names in the split or files, with <c>+</c> or <c>;</c> between; null for nothing.</param>
    /// <param name="opened">The run.</param>
    /// <param name="log">Hears it where a picture is damaged.</param>
    /// <exception cref="ZfDeclException">ZF1431: there is no such image; ZF1130, ZF1131: a file is no picture.</exception>
    public static IReadOnlyList<ChosenImage> Of(string? given, OpenedRun opened, IRunLog log)
    {
        var images = opened.Images;
        if (given is null)
        {
            var all = Enumerable.Range(0, images.Count);
            var known = all.Where(index => images.Label(index) != ImageSet.Unknown);
            return [.. (known.Any() ? known : all).DistinctBy(images.ClassOf).Take(ClassesShown).Select(index => InSplit(opened, index))];
        }
        // A name may hold any letter: the whole is tried first.
        string[] words = ImageSelection.Named(images, given.Trim()) is [_] || File.Exists(given) ? [given.Trim()] : given.Split(['+', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. words.DefaultIfEmpty("").Select(word => Find(word, opened, log))];
    }

    /// <summary>Finds the one image that the user has named: by its index or its name in the split, or as a file.</summary>
    /// <exception cref="ZfDeclException">ZF1431: there is no such image, or several; ZF1130, ZF1131: a file is no picture.</exception>
    public static ChosenImage Find(string word, OpenedRun opened, IRunLog log)
    {
        var images = opened.Images;
        if (!File.Exists(word))
            return InSplit(opened, ImageSelection.One(images, word));
        var file = OfFile(word, opened.Preprocessor.Decoded, opened.Preprocessor.Resizing, log);
        var path = Path.GetFullPath(word).Replace('\\', '/');
        if (IndexOf(path, file.Decoded, images) is { } inSplit)
            return InSplit(opened, inSplit);
        // Of an image of another part of the data the class is known as well.
        foreach (var part in new[] { opened.Data.Train, opened.Data.Validation, opened.Data.Test }.OfType<ImageSet>().Where(part => part != images))
        {
            if (IndexOf(path, file.Decoded, part) is { } index)
                return Of(part, index, file.Decoded, opened) with { Index = null };
        }
        return file;
    }

    /// <summary>The image of a set that a file is: called as it, with the same pixels.</summary>
    private static int? IndexOf(string path, byte[] decoded, ImageSet images)
    {
        for (var index = 0; index < images.Count; index++)
        {
            if (path.EndsWith($"/{images.NameOf(index)}", StringComparison.Ordinal) && images.Read(index).AsSpan().SequenceEqual(decoded))
                return index;
        }
        return null;
    }

    /// <summary>Reads a picture that belongs to no data.</summary>
    /// <exception cref="ZfDeclException">ZF1130, ZF1131: the file is no picture, or too large.</exception>
    public static ChosenImage OfFile(string path, FeatureShape decoded, Resizing resizing, IRunLog log) =>
        new(Path.GetFileName(path), PictureFile.Read(Path.GetFullPath(path), decoded, log, resizing), null, null);

    private static ChosenImage InSplit(OpenedRun opened, int index)
    {
        var images = opened.Images;
        return Of(images, index, images.Read(index), opened);
    }

    private static ChosenImage Of(ImageSet images, int index, byte[] decoded, OpenedRun opened) => new(images.NameOf(index), decoded, index, images.Label(index) is >= 0 and var label ? label : null)
    {
        WithoutLabel = opened.Data.Objects is not null ? "may hold objects of several classes" : $"is of class '{images.ClassOf(index)}', which the run does not know",
    };
}
