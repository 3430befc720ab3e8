using Microsoft.CodeAnalysis.Diagnostics;

namespace ZfDecl.Generators.Reading;

/// <content>As the compiler says it.</content>
internal sealed partial record ProjectOptions
{
    public static ProjectOptions Read(AnalyzerConfigOptions options) => new(
        Value(options, "RootNamespace") ?? "ZfDecl.Models",
        Value(options, "RepoRoot") ?? Value(options, "ProjectDir") ?? "",
        Value(options, "ZfBrokenSpecs") == "leave-out");

    private static string? Value(AnalyzerConfigOptions options, string name) =>
        options.TryGetValue($"build_property.{name}", out var value) && value.Length > 0 ? value : null;
}
