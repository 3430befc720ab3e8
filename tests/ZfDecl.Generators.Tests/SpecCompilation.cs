using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ZfDecl.Networks;

namespace ZfDecl.Generators.Tests;

/// <summary>Runs the generator on specs given as text, as the compiler would, and can load what it made.</summary>
internal sealed class SpecCompilation
{
    public const string Root = "/project/";
    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "TorchSharp.dll" or "ZfDecl.dll"))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
    ]);

    private readonly Compilation output;

    private SpecCompilation(Compilation output, GeneratorDriverRunResult result)
    {
        this.output = output;
        Result = result;
    }

    public GeneratorDriverRunResult Result { get; }

    /// <summary>What the generator reported, in the order of places.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => [.. Result.Diagnostics.OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)];

    public static SpecCompilation Of(string spec) => Of("", ("specs/test.yaml", spec));

    public static SpecCompilation Of(params (string Path, string Text)[] specs) => Of("", specs);

    /// <summary>Specs beside a source that uses their classes.</summary>
    public static SpecCompilation Of(string source, params (string Path, string Text)[] specs)
    {
        var driver = Driver(specs).RunGeneratorsAndUpdateCompilation(Empty(source), out var output, out _);
        return new(output, driver.GetRunResult());
    }

    public static GeneratorDriver Driver(params (string Path, string Text)[] specs) => CSharpGeneratorDriver.Create(
        [new SpecGenerator().AsSourceGenerator()],
        [.. specs.Select(spec => new SpecText(Root + spec.Path, spec.Text))],
        CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview),
        new ProjectOptionsProvider(),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static Compilation Empty(string source = "") => CSharpCompilation.Create(
        "Compiled",
        [CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic;" + source, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview))],
        References.Value,
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The one error there is, as <c>line,column code</c> counted from 1 as an editor does, and its message.</summary>
    public (string Place, string Message) OnlyError()
    {
        var one = Assert.Single(Diagnostics);
        var at = one.Location.GetLineSpan().StartLinePosition;
        return ($"{at.Line + 1},{at.Character + 1} {one.Id}", one.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    public string Source(string hintName) => Result.Results.Single().GeneratedSources.Single(source => source.HintName == hintName).SourceText.ToString();

    /// <summary>Compiles what was generated, and loads it: a network, for its declared number of classes.</summary>
    public ConvNet Create(string name)
    {
        var entry = Load().Single(entry => entry.Info.Name == name);
        return entry.Create(entry.Info.Classes);
    }

    public IReadOnlyList<NetworkEntry> Load() =>
        (IReadOnlyList<NetworkEntry>)LoadAssembly().GetType("Compiled.DeclaredNetworks")!.GetProperty("All", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    /// <summary>Calls a static method of the source beside the specs.</summary>
    public object? Invoke(string type, string method) => LoadAssembly().GetType(type)!.GetMethod(method)!.Invoke(null, []);

    private Assembly LoadAssembly()
    {
        Assert.DoesNotContain(Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        using var stream = new MemoryStream();
        var emitted = output.Emit(stream);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning)));
        stream.Position = 0;
        return new AssemblyLoadContext(null).LoadFromStream(stream);
    }

    /// <summary>A file among the additional files of a compilation.</summary>
    internal sealed class SpecText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
    }

    private sealed class ProjectOptionsProvider : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new ProjectProperties();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class ProjectProperties : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = key switch { "build_property.RootNamespace" => "Compiled", "build_property.RepoRoot" => Root, _ => null };
            return value is not null;
        }
    }
}
