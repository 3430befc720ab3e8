using ZfDecl.Data.Folders;

namespace ZfDecl.Data.Layouts;

/// <summary>Images in files of their own, with their classes, as they were found.</summary>
/// <param name="Path">The folder or list that they come from.</param>
/// <param name="Kind">What the position is, for the description.</param>
/// <param name="Train">The images to train on, or all.</param>
internal sealed record FoundImages(string Path, string Kind, ClassTree Train)
{
    /// <summary>The images to validate with; null where a share of the others is set aside.</summary>
    public ClassTree? Validation { get; init; }

    /// <summary>Where the images to validate with come from, for the description.</summary>
    public string ValidationFrom { get; init; } = "";

    /// <summary>The images that are held out; null where there are none. Those that have no class are counted as outside.</summary>
    public ClassTree? Test { get; init; }

    /// <summary>Where the images that are held out come from, for the description.</summary>
    public string TestFrom { get; init; } = "";

    /// <summary>What a class is called, where that is not its name in the files; the order stays.</summary>
    public Func<string, string>? Called { get; init; }
}
