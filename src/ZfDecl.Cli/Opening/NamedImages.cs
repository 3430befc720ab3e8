using ZfDecl.Cli.Configuration;
using ZfDecl.Data.Decoding;
using ZfDecl.Data.Folders;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Search;

namespace ZfDecl.Cli.Opening;

/// <summary>The images that a user has named: pictures on disk, images of the data, or both, in the order in which they are named.</summary>
internal sealed class NamedImages
{
    private const int FewFiles = 64;        // to check so many takes no time that one would want to see pass

    private readonly string given;

    // Of each word the files that it names; null where it names an image of the data.
    private readonly (string Word, ImageFile[]? Files)[] words;

    private NamedImages(string given, (string Word, ImageFile[]? Files)[] words) => (this.given, this.words) = (given, words);

    /// <summary>Finds the files that are named. Of a folder or a pattern damaged pictures are warned of and left out, and files that are no pictures are passed over.</summary>
    /// <param name="given">Files, folders, patterns, or names or numbers in the split, with <c>+</c> or <c>;</c> between.</param>
    /// <param name="log">Is warned.</param>
    /// <exception cref="ZfDeclException">ZF1511: nothing usable is there; ZF1130, ZF1131, ZF1136: a file that is named itself is no picture.</exception>
    public static NamedImages Find(string given, IRunLog log)
    {
        // A name may hold any letter: the whole is tried first.
        string[] words = Path.Exists(Settings.AtHome(given)) ? [given] : given.Split(['+', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        (string Word, ImageFile[]? Files)[] found = [.. words.Select(word => (word, Usable(Settings.AtHome(word), log)))];
        return found.Any(word => word.Files is not []) ? new(given.Trim(), found)
            : throw new ZfDeclException("ZF1511", $"-p:Image={given}: there is no picture{(words.Length == 0 ? "" : " that can be read")}; name files of JPEG, PNG, WebP, GIF, BMP, TIFF, PNM or TGA, or folders or patterns such as photos/*.jpg that hold some");
    }

    /// <summary>Opens a run, with its data where some of the images are of these, or where only data can tell what is subtracted.</summary>
    /// <param name="context">What the user has set.</param>
    /// <param name="source">The run.</param>
    /// <param name="withData">Whether the data are wanted in any case.</param>
    /// <returns>The network; the caller disposes it.</returns>
    /// <exception cref="ZfDeclException">ZF1511: an image is named that is no file, and the run has no data that it could be of.</exception>
    public ReadyNetwork Ready(RunContext context, TrainedRun source, bool withData = false)
    {
        if (words.FirstOrDefault(word => word.Files is null).Word is not { } ofData)
            return source.Run is null || withData ? ReadyNetwork.WithData(context, source) : ReadyNetwork.Open(context, source);
        try
        {
            return ReadyNetwork.WithData(context, source);
        }
        catch (ZfDeclException missing) when (missing.Code == "ZF1004")
        {
            throw new ZfDeclException("ZF1511", $"-p:Image={ofData}: there is no such file or folder, and '{source.Entry.Info.Name}' has no data that an image of this name could be of; name a picture file, or the data with -p:Data=", cause: missing);
        }
    }

    /// <summary>The images, as a network is shown them.</summary>
    /// <param name="ready">The network, of <see cref="Ready"/>.</param>
    /// <param name="log">Hears it where a picture is damaged.</param>
    /// <exception cref="ZfDeclException">ZF1431: no image of the data, or several, are called so.</exception>
    public ImageSet Open(ReadyNetwork ready, IRunLog log)
    {
        var preprocessor = ready.Preprocessor;
        var pictures = new PictureImageSet([.. words.SelectMany(word => word.Files ?? [])], new(preprocessor.Decoded, preprocessor.Resizing, log));
        var (images, next) = (new List<(ImageSet Set, int Index)>(), 0);
        // The data may have an image with a + in its name.
        var isOne = words.Length > 1 && ready.Data is { } data && ImageSelection.Named(data.Images, given) is [_];
        foreach (var (word, files) in isOne ? [(given, null)] : words)
        {
            if (files is null)
                images.Add((ready.Data!.Images, ImageSelection.One(ready.Data.Images, word)));
            else
                images.AddRange(Enumerable.Range(next, files.Length).Select(index => ((ImageSet)pictures, index)));
            next += files?.Length ?? 0;
        }
        return new GatheredImageSet(preprocessor.Decoded, ready.Classes, images);
    }

    private static ImageFile[]? Usable(string word, IRunLog log)
    {
        if (Files(word) is not { } files)
            return null;
        var problems = ReadableImages.Check(files, files.Length > FewFiles ? log : new SilentLog());
        return File.Exists(word) && problems is [{ } problem] ? throw new ZfDeclException(problem.Code, problem.Finding, word) : ReadableImages.Kept(files, problems, word, log);
    }

    private static ImageFile[]? Files(string word)
    {
        try
        {
            return NamedPictures.Find(word) is { } found ? [.. found] : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ZfDeclException("ZF1511", $"cannot be looked through: {failure.Message.TrimEnd('.')}; see that it may be read, or name its pictures one by one", word, failure);
        }
    }
}
