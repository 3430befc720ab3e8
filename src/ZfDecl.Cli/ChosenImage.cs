using ZfDecl.Data;
using ZfDecl.Generators.Reading;
using ZfDecl.Runs;

namespace ZfDecl.Cli;

/// <summary>An image that the user has named.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stored">[C, h, w] of the stored shape, 0 … 255.</param>
/// <param name="Index">Its index in the split; null for a file that is not in it.</param>
/// <param name="Label">Its class; null where that is not known.</param>
internal sealed record ChosenImage(string Name, byte[] Stored, int? Index, int? Label)
{
    private const int ClassesShown = 4;

    /// <summary>Finds what the user has named; where nothing is named, the first image of each class, of four at most.</summary>
    /// <param name="given">Indices, names in the split or files, with <c>+</c> or <c>;</c> between; null for nothing.</param>
    /// <param name="opened">The run.</param>
    /// <param name="log">Hears it where a picture is damaged.</param>
    /// <exception cref="ZfDeclException">ZF1451: there is no such image; ZF1130, ZF1131: a file is no picture.</exception>
    public static IReadOnlyList<ChosenImage> Of(string? given, OpenedRun opened, IRunLog log)
    {
        var images = opened.Images;
        if (given is null)
            return [.. Enumerable.Range(0, images.Count).DistinctBy(images.Label).Take(ClassesShown).Select(index => InSplit(images, index))];
        // A name may hold any letter: the whole is tried first.
        if (Find(given.Trim(), opened, log) is { } one)
            return [one];
        string[] words = given.Split(['+', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. words.Select(word => Find(word, opened, log) ?? throw Missing(word, opened))];
    }

    private static ChosenImage? Find(string word, OpenedRun opened, IRunLog log)
    {
        var images = opened.Images;
        if (int.TryParse(word, out var index) && index >= 0 && index < images.Count)
            return InSplit(images, index);
        if (Named(images, name => string.Equals(name, word, StringComparison.OrdinalIgnoreCase)) is { } found)
            return InSplit(images, found);
        var path = Path.GetFullPath(word);
        if (!File.Exists(path))
            return null;
        var portable = path.Replace('\\', '/');
        return Named(images, name => portable.EndsWith($"/{name}", StringComparison.Ordinal)) is { } inside
            ? InSplit(images, inside)
            : new(Path.GetFileName(path), PictureFile.Read(path, opened.Preprocessor.Stored, log), null, null);
    }

    private static int? Named(ImageSet images, Predicate<string> matches)
    {
        for (var index = 0; index < images.Count; index++)
        {
            if (matches(images.NameOf(index)))
                return index;
        }
        return null;
    }

    private static ChosenImage InSplit(ImageSet images, int index)
    {
        var stored = new byte[images.Shape.Count];
        images.Read(index, stored);
        return new(images.NameOf(index), stored, index, images.Label(index));
    }

    private static ZfDeclException Missing(string word, OpenedRun opened)
    {
        var images = opened.Images;
        var nearest = Nearest.To(word, Enumerable.Range(0, images.Count).Select(images.NameOf));
        var hint = nearest is null ? "" : $" did you mean '{nearest}'?";
        return new("ZF1451", $"-p:Image={word}: no image of the {opened.Split} images has that name, and there is no such file;{hint} give a name such as '{images.NameOf(0)}', an index 0 … {images.Count - 1}, or the path of a picture");
    }
}
