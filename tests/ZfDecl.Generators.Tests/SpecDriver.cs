using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ZfDecl.Generators.Tests;

/// <summary>The generator as the compiler drives it, on specs given as text.</summary>
internal static class SpecDriver
{
    public const string Root = "/project/";
    public const string Namespace = "Compiled";
    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "TorchSharp.dll" or "ZfDecl.dll"))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>C# as the repository compiles it, documentation comments checked.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    public static GeneratorDriver Create(IEnumerable<(string Path, string Text)> specs, bool trackSteps = false, string? broken = null) => CSharpGeneratorDriver.Create(
        [new SpecGenerator().AsSourceGenerator()],
        [.. specs.Select(spec => new SpecText(Root + spec.Path, spec.Text))],
        ParseOptions,
        new ProjectOptionsProvider(broken),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackSteps));

    /// <summary>A project with nothing but these sources and the implicit usings.</summary>
    public static CSharpCompilation Compilation(params IEnumerable<string> sources) => Compilation(sources.Select(source => CSharpSyntaxTree.ParseText(source, ParseOptions)));

    /// <summary>The same of what is parsed already.</summary>
    public static CSharpCompilation Compilation(IEnumerable<SyntaxTree> sources) => CSharpCompilation.Create(
        Namespace,
        sources.Prepend(CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;", ParseOptions)),
        References.Value,
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>A file among the additional files of a compilation.</summary>
    internal sealed class SpecText(string path, string text) : AdditionalText
    {
        private readonly SourceText source = SourceText.From(text, Encoding.UTF8);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => source;
    }

    private sealed class ProjectOptionsProvider(string? broken) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new ProjectProperties(broken);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class ProjectProperties(string? broken) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = key switch { "build_property.RootNamespace" => Namespace, "build_property.RepoRoot" => Root, "build_property.ZfBrokenSpecs" => broken, _ => null };
            return value is not null;
        }
    }
}
