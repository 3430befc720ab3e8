namespace ZfDecl.Data.Layouts;

/// <summary>The layouts of data that can be read.</summary>
internal static class DataLayouts
{
    // Those that are known by the names of their files, and so in a folder above too.
    private static readonly DataLayout[] ByNames = [new CifarFolder(), new CifarPython(), new IdxFolder(), new ImageNetFolder(), new PascalVocFolder(), new CaltechFolder()];

    /// <summary>All of them; the first that recognises a path opens it, so that one that takes any folder comes last.</summary>
    public static IReadOnlyList<DataLayout> All { get; } =
    [
        new DrawnShapes(),
        new EmbeddedImages(),
        new ImageList(),
        .. ByNames,
        new WrappedFolder(ByNames),
        new ClassFolders(),
    ];

    /// <summary>What a folder may hold, in words; the most general first.</summary>
    public static string Expected => string.Join(", or ", All.Reverse().Select(layout => layout.Holds).OfType<string>());

    /// <summary>The layout of a path; null where there is no such folder, and nothing else that can be opened.</summary>
    public static DataLayout? Of(string path) => All.FirstOrDefault(layout => layout.Recognises(path));
}
