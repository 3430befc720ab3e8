using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ZfDecl.Generators.Emitting;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Reading;
using ZfDecl.Models;
using ZfDecl.Networks;

namespace ZfDecl.Generators.Tests;

/// <summary>Names that are legal, and that the generated code or its base classes use themselves: each is refused, or compiles without a warning.</summary>
public class HostileNamesTests
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>What a layer's name could hide: every member of what the generated classes derive from, and every word that their code is made of.</summary>
    private static readonly IReadOnlyList<string> Words =
    [
        .. new[] { typeof(Fashion), typeof(FashionRecording), typeof(FashionDeconvnet), typeof(ConvNet), typeof(Recording), typeof(Deconvnet) }
            .SelectMany(type => type.GetMembers(Members).Where(IsVisible).Select(member => member.Name))
            .Concat(Identifiers())
            .Concat(SyntaxFacts.GetKeywordKinds().Select(kind => SyntaxFacts.GetText(kind)))
            .Where(name => name.All(char.IsAsciiLetterOrDigit) || name.Contains('_', StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private const string Graph = """
        network: Graph9
        input: { channels: 3, height: 8, width: 8 }
        classes: 10
        layers:
          - { conv: conv1, maps: 3, kernel: 1 }
          - { add: add2, from: [conv1, images] }
          - { concat: concat3, from: [add2, conv1] }
          - { dense: fc4 }
        """;

    [Theory]
    [InlineData("conv", "maps: 1, kernel: 1")]
    [InlineData("maxpool", "kernel: 1")]
    [InlineData("relu", "")]
    [InlineData("lrn", "")]
    [InlineData("dropout", "")]
    [InlineData("flatten", "")]
    [InlineData("dense", "units: 1")]
    public void ALayerOfAnyNameIsRefusedOrCompiles(string kind, string settings)
    {
        var names = Words.Select(word => char.ToLowerInvariant(word[0]) + word[1..]).Distinct(StringComparer.OrdinalIgnoreCase).Where(name => Names.ProblemOfLayer(name) is null).ToList();
        Assert.InRange(names.Count, 50, 900);
        var layers = names.Select(name => $"  - {{ {kind}: {name}{(settings.Length > 0 ? ", " : "")}{settings} }}\n");
        var compilation = SpecCompilation.Of($"network: Hostile\ninput: {{ channels: 1, height: 3, width: 3 }}\nclasses: 2\nlayers:\n{string.Concat(layers)}  - {{ dense: last9 }}\n");
        Assert.All(compilation.Diagnostics, found => Assert.Equal("ZF0405", found.Id));       // a chain of one kind has layers without effect, and nothing else
        AssertNone(compilation.Complaints());
    }

    [Fact]
    public void NoNameIsRefusedThatNothingUses() => Assert.Empty(Names.Taken.Except(Words, StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void ANetworkOfAnyNameIsRefusedOrCompiles()
    {
        var names = Words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]).Distinct().Where(name => Names.ProblemOfNetwork(name) is null).ToList();
        Assert.InRange(names.Count, 50, 900);
        var project = new ProjectOptions("Compiled", "/");
        var sources = names.SelectMany((name, i) =>
        {
            var file = SpecCompiler.Read("/a.yaml", $"network: {name}\ninput: {{ channels: 1, height: 8, width: 8 }}\nclasses: 2\nlayers: [ {{ conv: conv91, maps: 1, kernel: 3 }}, {{ relu: relu91 }}, {{ maxpool: pool91, kernel: 2 }}, {{ lrn: norm91 }}, {{ dropout: drop91 }}, {{ dense: fc92 }} ]\n");
            var compiled = SpecCompiler.Compile(new SpecIndex([file]).ChainOf(file), project);
            Assert.True(compiled.Networks.Count == 1, $"{name}: {string.Join("; ", compiled.Diagnostics.Select(found => found.Message))}");
            var (spec, map, _) = compiled.Networks[0];
            var (net, ns) = (spec.Network, $"N{i}");
            return new[] { NetworkEmitter.Emit(net, ns), RecordingEmitter.Emit(net, ns), DeconvnetEmitter.Emit(net, ns), DeclarationEmitter.Emit(spec, ns), SourceEmitter.Emit(map, ns), RegistryEmitter.Emit(new([name], []), ns) };
        });
        AssertNone(SpecDriver.Compilation(sources).GetDiagnostics().Where(found => found.Severity >= DiagnosticSeverity.Warning));
    }

    [Theory]
    [InlineData("Test", "test")]
    [InlineData("Test", "testRecording")]
    [InlineData("Test", "testDeconvnet")]
    [InlineData("FromA", "aDeconvnet")]
    public void ALayerIsNotCalledLikeTheClassOfItsNetwork(string network, string layer)
    {
        var found = SpecCompilation.Of($"network: {network}\ninput: {{ channels: 1, height: 3, width: 3 }}\nclasses: 2\nlayers:\n  - {{ relu: {layer} }}\n  - {{ dense: fc2 }}\n").OnlyError();
        Assert.Equal("5,13 ZF0106", found.Place);
    }

    [Theory]
    [InlineData("conv1")]
    [InlineData("conv1_2")]
    [InlineData("fc6")]
    [InlineData("logits")]
    [InlineData("input")]
    [InlineData("prob")]
    [InlineData("pool")]
    [InlineData("norm")]
    [InlineData("weight")]
    public void OrdinaryNamesAreFree(string name) => Assert.Null(Names.ProblemOfLayer(name));

    private static void AssertNone(IEnumerable<Diagnostic> complaints)
    {
        var lines = complaints.Select(found => $"{found.GetMessage(CultureInfo.InvariantCulture)}: {found.Location.SourceTree!.GetText().Lines[found.Location.GetLineSpan().StartLinePosition.Line]}").ToList();
        Assert.True(lines.Count == 0, string.Join("\n", lines));
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => !method.IsPrivate && !method.IsAssembly,
        FieldInfo field => !field.IsPrivate && !field.IsAssembly,
        _ => true,
    };

    /// <summary>Every identifier of the generated code of a network with a layer of most kinds.</summary>
    private static IEnumerable<string> Identifiers() =>
        SpecCompilation.Of(("specs/fashion.yaml", File.ReadAllText(Path.Combine(Repository.Specs, "fashion.yaml"))), ("specs/graph.yaml", Graph)).Result.GeneratedTrees
            .SelectMany(tree => tree.GetRoot().DescendantTokens(descendIntoTrivia: true))
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.Text);
}
