namespace ZfDecl.Tests.Documentation;

/// <summary>The pages that people read: those at the root of the repository, those below docs, and those beside the generator.</summary>
internal static class MarkdownPages
{
    /// <summary>Their paths in the repository, with forward slashes.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { Repository.Root }.SelectMany(folder => Directory.GetFiles(folder, "*.md"))
            .Concat(new[] { Repository.PathOf("docs"), Repository.PathOf("generators", "ZfDecl.Generators", "docs") }.SelectMany(folder => Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories)))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];
}
