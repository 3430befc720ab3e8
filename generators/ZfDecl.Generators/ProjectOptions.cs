using Microsoft.CodeAnalysis.Diagnostics;

namespace ZfDecl.Generators;

/// <summary>What the generator is told of the project it runs in.</summary>
/// <param name="Namespace">The namespace of the generated classes.</param>
/// <param name="Root">The folder that paths of specs are given relative to.</param>
internal sealed record ProjectOptions(string Namespace, string Root)
{
    public static ProjectOptions Read(AnalyzerConfigOptions options) => new(
        Value(options, "RootNamespace") ?? "ZfDecl.Models",
        Value(options, "RepoRoot") ?? Value(options, "ProjectDir") ?? "");

    /// <summary>The path relative to the root, with forward slashes; the file's name where it lies elsewhere.</summary>
    public string Relative(string path)
    {
        var (slashed, root) = (path.Replace('\\', '/'), Root.Replace('\\', '/').TrimEnd('/') + "/");
        return root.Length > 1 && slashed.StartsWith(root, StringComparison.Ordinal) ? slashed.Substring(root.Length) : slashed.Substring(slashed.LastIndexOf('/') + 1);
    }

    private static string? Value(AnalyzerConfigOptions options, string name) =>
        options.TryGetValue($"build_property.{name}", out var value) && value.Length > 0 ? value : null;
}
