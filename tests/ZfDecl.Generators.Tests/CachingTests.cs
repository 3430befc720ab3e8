using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;
using static ZfDecl.Generators.Tests.SpecDriver;

namespace ZfDecl.Generators.Tests;

/// <summary>What an edit makes the generator do again.</summary>
public class CachingTests
{
    private const string A = "network: A\ninput: { channels: 1, height: 8, width: 8 }\nclasses: 2\nlayers:\n  - { dense: fc1 }\n";
    private static readonly string B = A.Replace("network: A", "network: B", StringComparison.Ordinal);

    [Fact]
    public void AnUnrelatedEditReadsNoSpecAgain()
    {
        var first = Run(("specs/a.yaml", A), ("specs/b.yaml", B));
        var edit = new Edit(first, first.RunGenerators(Compilation("class Unrelated { }")));
        Assert.All(edit.Reasons("Read"), reason => Assert.Equal(Cached, reason));
        Assert.All(edit.Reasons("Compile"), reason => Assert.Equal(Cached, reason));
        Assert.Empty(edit.Emitted);
    }

    [Fact]
    public void EditingACommentBehindTheNetworkEmitsNothingAgain()
    {
        var edit = AfterEditing("specs/a.yaml", A + "# a comment\n", ("specs/a.yaml", A), ("specs/b.yaml", B));
        Assert.Empty(edit.Emitted);
    }

    [Fact]
    public void ShiftedLinesEmitTheMapOfLinesAgainAndNothingElse()
    {
        var edit = AfterEditing("specs/a.yaml", "# a comment\n" + A, ("specs/a.yaml", A), ("specs/b.yaml", B));
        Assert.Equal(["A.Source.g.cs"], edit.Emitted);
        Assert.Contains("Fc1 => new(\"specs/a.yaml\", 6)", edit.Source("A.Source.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void EditingOneSpecEmitsThatOneAgain()
    {
        var edit = AfterEditing("specs/a.yaml", A.Replace("classes: 2", "classes: 3", StringComparison.Ordinal), ("specs/a.yaml", A), ("specs/b.yaml", B));
        Assert.Equal([Modified, Cached], edit.Reasons("Structures"));
        Assert.Equal(["A.Declaration.g.cs", "A.Deconvnet.g.cs", "A.Recording.g.cs", "A.g.cs"], edit.Emitted);
    }

    [Fact]
    public void EditingTheRecipeEmitsTheDeclarationAgainAndNothingElse()
    {
        var edit = AfterEditing("specs/a.yaml", A + "train: { epochs: 3 }\n", ("specs/a.yaml", A), ("specs/b.yaml", B));
        Assert.Equal([Modified, Cached], edit.Reasons("Specs"));
        Assert.Equal(["A.Declaration.g.cs"], edit.Emitted);
    }

    [Fact]
    public void EditingABaseEmitsItsDerivedNetworksAgainAtAnyDistance()
    {
        var edit = AfterEditing(
            "specs/a.yaml",
            A.Replace("classes: 2", "classes: 3", StringComparison.Ordinal),
            ("specs/a.yaml", A), ("specs/b.yaml", B), ("specs/c.yaml", "network: C\nextends: A\n"), ("specs/d.yaml", "network: D\nextends: C\n"), ("specs/e.yaml", "network: E\nextends: B\n"));
        Assert.Equal([Modified, Cached, Modified, Modified, Cached], edit.Reasons("Compile"));
        Assert.Equal([Modified, Cached, Modified, Modified, Cached], edit.Reasons("Structures"));
        Assert.DoesNotContain(edit.Emitted, name => name[0] is 'B' or 'E');
    }

    [Fact]
    public void ADerivedNetworkThatOverridesWhatChangedInItsBaseIsNotEmittedAgain()
    {
        var edit = AfterEditing(
            "specs/a.yaml",
            A.Replace("classes: 2", "classes: 3", StringComparison.Ordinal),
            ("specs/a.yaml", A), ("specs/c.yaml", "network: C\nextends: A\nclasses: 5\n"));
        Assert.Equal([Modified, Unchanged], edit.Reasons("Compile"));
        Assert.DoesNotContain(edit.Emitted, name => name[0] == 'C');
    }

    [Fact]
    public void EditingAVariantOfAFileLeavesTheOthersOfItAlone()
    {
        const string variants = "variants:\n  Two: { classes: 4 }\n  Three: { classes: 5 }\n";
        var edit = AfterEditing("specs/a.yaml", A + variants.Replace("classes: 5", "classes: 6", StringComparison.Ordinal), ("specs/a.yaml", A + variants));
        Assert.All(edit.Emitted, name => Assert.StartsWith("Three.", name, StringComparison.Ordinal));
        Assert.Equal(4, edit.Emitted.Count);
    }

    [Fact]
    public void EditingOneLineOfAGraphOfTwoHundredLayersEmitsThatNetworkAndWhatInheritsTheLine()
    {
        const string graph = """
            network: Long
            input: { channels: 3, height: 8, width: 8 }
            classes: 2
            layers:
              - { conv: sum0, maps: 4, kernel: 1 }
              - repeat: { i: 1..66 }
                layers:
                  - { conv: 'conv{i}', maps: 4, kernel: 3, padding: 1 }
                  - { relu: 'relu{i}' }
                  - { add: 'sum{i}', from: ['relu{i}', 'sum{i-1}'] }
              - { dense: fc }

            """;
        (string, string)[] specs =
        [
            ("specs/a.yaml", A), ("specs/long.yaml", graph), ("specs/wide.yaml", "network: Wide\nextends: Long\ninput: { height: 9 }\n"), ("specs/own.yaml", "network: Own\nextends: Long\nchange: { sum0: { maps: 4, kernel: 1 } }\n"),
        ];
        var edit = AfterEditing("specs/long.yaml", graph.Replace("sum0, maps: 4, kernel: 1", "sum0, maps: 4, kernel: 5, padding: 2", StringComparison.Ordinal), specs);
        Assert.Equal(["Long", "Own", "Wide"], edit.Emitted.Select(name => name.Split('.')[0]).Distinct());
        Assert.DoesNotContain(edit.Emitted, name => name.Contains("Source", StringComparison.Ordinal));
        Assert.Empty(AfterEditing("specs/long.yaml", graph.Replace("- { dense: fc }", "- { dense: fc }   # the end", StringComparison.Ordinal), specs).Emitted);
    }

    [Fact]
    public void AnAddedSpecLeavesTheOthersAlone()
    {
        var first = Run(("specs/a.yaml", A));
        var edit = new Edit(first, first.AddAdditionalTexts([new SpecText(Root + "specs/b.yaml", B)]).RunGenerators(Compilation()));
        Assert.DoesNotContain(edit.Emitted, name => name.StartsWith("A.", StringComparison.Ordinal));
        Assert.Contains("new(B.Declaration", edit.Source("DeclaredNetworks.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void ARemovedSpecTakesItsClassAway()
    {
        var b = new SpecText(Root + "specs/b.yaml", B);
        var first = Create([("specs/a.yaml", A)], trackSteps: true).AddAdditionalTexts([b]).RunGenerators(Compilation());
        var edit = new Edit(first, first.RemoveAdditionalTexts([b]).RunGenerators(Compilation()));
        Assert.DoesNotContain("B.Declaration", edit.Source("DeclaredNetworks.g.cs"), StringComparison.Ordinal);
        Assert.Equal(["DeclaredNetworks.g.cs"], edit.Emitted);
        Assert.DoesNotContain(edit.After.GetRunResult().GeneratedTrees, tree => tree.FilePath.EndsWith("B.g.cs", StringComparison.Ordinal));
    }

    private static GeneratorDriver Run(params (string, string)[] specs) => Create(specs, trackSteps: true).RunGenerators(Compilation());

    private static Edit AfterEditing(string path, string edited, params (string Path, string Text)[] specs)
    {
        var texts = specs.Select(spec => new SpecText(Root + spec.Path, spec.Text)).ToList();
        var first = Create([], trackSteps: true).AddAdditionalTexts([.. texts]).RunGenerators(Compilation());
        return new(first, first.ReplaceAdditionalText(texts.Single(text => text.Path == Root + path), new SpecText(Root + path, edited)).RunGenerators(Compilation()));
    }

    /// <summary>Two runs of the generator, and an edit between them.</summary>
    private sealed record Edit(GeneratorDriver Before, GeneratorDriver After)
    {
        /// <summary>The files that the second run made: a text that an output step did not make again is the same object.</summary>
        public IReadOnlyList<string> Emitted =>
        [
            .. Sources(After).Where(source => !Sources(Before).Any(old => ReferenceEquals(old.SourceText, source.SourceText)))
                .Select(source => source.HintName).Order(StringComparer.Ordinal),
        ];

        public IEnumerable<IncrementalStepRunReason> Reasons(string step) =>
            After.GetRunResult().Results.Single().TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);

        public string Source(string hintName) => Sources(After).Single(source => source.HintName == hintName).SourceText.ToString();

        private static ImmutableArray<GeneratedSourceResult> Sources(GeneratorDriver driver) => driver.GetRunResult().Results.Single().GeneratedSources;
    }
}
