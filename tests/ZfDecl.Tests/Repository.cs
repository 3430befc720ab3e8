namespace ZfDecl.Tests;

/// <summary>The folder of the repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Specs { get; } = Path.Combine(Root, "specs");

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ZfDecl.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"no ZfDecl.sln above {AppContext.BaseDirectory}");
        return folder;
    }
}
