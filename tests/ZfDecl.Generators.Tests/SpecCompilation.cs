using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using ZfDecl.Networks;

namespace ZfDecl.Generators.Tests;

/// <summary>Runs the generator on specs given as text, as the compiler would, and can load what it made.</summary>
internal sealed class SpecCompilation
{
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

    /// <summary>Specs as the build of a verb's host compiles them.</summary>
    public static SpecCompilation LeavingBrokenOut(params (string Path, string Text)[] specs) => Of("", specs, "leave-out");

    /// <summary>Specs beside a source that uses their classes.</summary>
    public static SpecCompilation Of(string source, params (string Path, string Text)[] specs) => Of(source, specs, null);

    private static SpecCompilation Of(string source, (string Path, string Text)[] specs, string? broken)
    {
        var driver = SpecDriver.Create(specs, broken: broken).RunGeneratorsAndUpdateCompilation(SpecDriver.Compilation(source), out var output, out _);
        return new(output, driver.GetRunResult());
    }

    /// <summary>The one error there is, as <c>line,column code</c> counted from 1 as an editor does, and its message.</summary>
    public (string Place, string Message) OnlyError()
    {
        var one = Assert.Single(Diagnostics);
        var at = one.Location.GetLineSpan().StartLinePosition;
        return ($"{at.Line + 1},{at.Character + 1} {one.Id}", one.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    public string Source(string hintName) => Result.Results.Single().GeneratedSources.Single(source => source.HintName == hintName).SourceText.ToString();

    /// <summary>What the compiler says of the generated code: nothing, where all is well.</summary>
    public IEnumerable<Diagnostic> Complaints() => output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning);

    /// <summary>Compiles what was generated, and loads it: a network, for its declared number of classes.</summary>
    public ConvNet Create(string name)
    {
        var entry = Load().Single(entry => entry.Info.Name == name);
        return entry.Create(entry.Info.Classes);
    }

    public IReadOnlyList<NetworkEntry> Load() => Registered<NetworkEntry>("All");

    /// <summary>A list of the generated registry.</summary>
    public IReadOnlyList<T> Registered<T>(string list) =>
        (IReadOnlyList<T>)LoadAssembly().GetType("Compiled.DeclaredNetworks")!.GetProperty(list, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

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
}
