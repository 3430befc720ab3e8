namespace ZfDecl.Generators.Tests.Architecture;

/// <summary>The C# files of a project, without what the build writes and what is a task of the build.</summary>
internal static class SourceFiles
{
    /// <summary>Their paths, in order.</summary>
    /// <param name="project">The project's folder, below the repository's.</param>
    public static IEnumerable<string> Of(string project) => Directory.EnumerateFiles(Repository.PathOf(project), "*.cs", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(Repository.PathOf(project), path).Split('/', '\\').Any(folder => folder is "bin" or "obj" or "build"))
        .Order(StringComparer.Ordinal);
}
