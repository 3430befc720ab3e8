using Microsoft.CodeAnalysis.Diagnostics;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Reading;

/// <content>As the compiler says it.</content>
internal sealed partial record ProjectOptions
{
    public static ProjectOptions Read(AnalyzerConfigOptions options) => new(
        Value(options, "ZfDeclNamespace") ?? (Value(options, "RootNamespace") is { } root ? Names.NamespaceOf(root) : "ZfDecl.Models"),
        Value(options, "RepoRoot") ?? Value(options, "ProjectDir") ?? "",
        Value(options, "ZfBrokenSpecs") == "leave-out",
        Value(options, "ZfDeclSpecs") ?? "specs",
        Value(options, "ZfDeclArtifacts") ?? "artifacts",
        Value(options, "ZfDeclPages") is { } pages && Path.IsPathRooted(pages) ? pages : null);

    private static string? Value(AnalyzerConfigOptions options, string name) =>
        options.TryGetValue($"build_property.{name}", out var value) && value.Length > 0 ? value : null;
}
