using Microsoft.CodeAnalysis;
using static ZfDecl.Generators.Tests.SpecCompilation;

namespace ZfDecl.Generators.Tests;

/// <summary>What an edit makes the generator do again.</summary>
public class CachingTests
{
    private const string A = "network: A\ninput: { channels: 1, height: 8, width: 8 }\nclasses: 2\nlayers:\n  - { dense: fc1 }\n";
    private static readonly string B = A.Replace("network: A", "network: B", StringComparison.Ordinal);

    [Fact]
    public void AnUnrelatedEditReadsNoSpecAgain()
    {
        var first = Driver(("specs/a.yaml", A), ("specs/b.yaml", B)).RunGenerators(Empty());
        var second = first.RunGenerators(Empty("class Unrelated { }"));
        Assert.All(Reasons(second, "Compile"), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(Outputs(second), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void EditingACommentEmitsNothingAgain()
    {
        var second = AfterEditingA("# a comment\n" + A);
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], Reasons(second, "Networks"));
        Assert.All(Outputs(second), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void EditingOneSpecEmitsThatOneAgain()
    {
        var second = AfterEditingA(A.Replace("classes: 2", "classes: 3", StringComparison.Ordinal));
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(second, "Networks"));
        Assert.Equal(1, Outputs(second).Count(reason => reason == IncrementalStepRunReason.Modified));
    }

    [Fact]
    public void EditingTheRecipeEmitsThatOneAgain()
    {
        var second = AfterEditingA(A + "train: { epochs: 3 }\n");
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(second, "Networks"));
    }

    [Fact]
    public void AnAddedSpecLeavesTheOthersAlone()
    {
        var first = Driver(("specs/a.yaml", A)).RunGenerators(Empty());
        var second = first.AddAdditionalTexts([new SpecText(Root + "specs/b.yaml", B)]).RunGenerators(Empty());
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.New], Reasons(second, "Networks"));
        Assert.Contains("new(B.Declaration", Registry(second), StringComparison.Ordinal);
    }

    [Fact]
    public void ARemovedSpecTakesItsClassAway()
    {
        var b = new SpecText(Root + "specs/b.yaml", B);
        var first = Driver(("specs/a.yaml", A)).AddAdditionalTexts([b]).RunGenerators(Empty());
        var second = first.RemoveAdditionalTexts([b]).RunGenerators(Empty());
        Assert.DoesNotContain("B.Declaration", Registry(second), StringComparison.Ordinal);
        Assert.DoesNotContain(second.GetRunResult().Results.Single().GeneratedSources, source => source.HintName == "B.g.cs");
    }

    private static GeneratorDriver AfterEditingA(string edited)
    {
        var a = new SpecText(Root + "specs/a.yaml", A);
        var first = Driver().AddAdditionalTexts([a, new SpecText(Root + "specs/b.yaml", B)]).RunGenerators(Empty());
        return first.ReplaceAdditionalText(a, new SpecText(Root + "specs/a.yaml", edited)).RunGenerators(Empty());
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorDriver driver, string step) =>
        driver.GetRunResult().Results.Single().TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);

    private static IEnumerable<IncrementalStepRunReason> Outputs(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason);

    private static string Registry(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().GeneratedSources.Single(source => source.HintName == "DeclaredNetworks.g.cs").SourceText.ToString();
}
