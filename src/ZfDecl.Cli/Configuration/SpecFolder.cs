namespace ZfDecl.Cli.Configuration;

/// <summary>The folder of specs and studies: every YAML file at any depth below it is one, but for the records of shipped runs in <c>weights</c>.</summary>
/// <param name="path">The folder, as a full path.</param>
internal sealed class SpecFolder(string path)
{
    /// <summary>The rule, for a message.</summary>
    public const string Rule = "a .yaml or .yml file at any depth below specs/";

    private static readonly string[] Endings = [".yaml", ".yml"];

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>The names of the studies that lie in a folder <c>studies</c>, in ordinal order.</summary>
    public string[] Studies => [.. Files.Where(file => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(file)) == "studies").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private IEnumerable<string> Files => Directory.Exists(Path)
        ? Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Where(file => !file.StartsWith(System.IO.Path.Combine(Path, "weights") + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal) && Endings.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal) : [];

    /// <summary>The file of a name, with or without ending and folders; null where there is none.</summary>
    public string? Find(string name)
    {
        var wanted = name.Replace('\\', '/').TrimStart('.', '/');
        return Files.FirstOrDefault(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/') is var relative
            && ((string[])[relative, System.IO.Path.ChangeExtension(relative, null)]).Any(one => one == wanted || one.EndsWith("/" + wanted, StringComparison.Ordinal)));
    }
}
