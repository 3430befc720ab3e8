using ZfDecl.Models;
using ZfDecl.Networks;

namespace ZfDecl.Generators.Tests;

/// <summary>The way back from a generated member to the line of a spec.</summary>
public class SourceMapTests
{
    [Fact]
    public void EachLayerKnowsTheLineThatItStandsOn()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Specs, "zf8.yaml"));
        Assert.Equal("specs/zf8.yaml", Zf8.Source.Conv5.File);
        Assert.Contains("{ conv: conv5,", lines[Zf8.Source.Conv5.Line - 1], StringComparison.Ordinal);
        Assert.Contains("{ dense: fc8 ", lines[Zf8.Source.Fc8.Line - 1], StringComparison.Ordinal);
        Assert.Contains("network: Zf8", lines[Zf8.Source.Zf8.Line - 1], StringComparison.Ordinal);
    }

    [Fact]
    public void APlaceReadsAsACompilerWritesIt() => Assert.Equal("specs/zf8.yaml(8)", new SourceLine("specs/zf8.yaml", 8).ToString());

    [Fact]
    public void AnInheritedLayerPointsIntoTheBaseAndAChangedOneToItsChange()
    {
        const string parent = "network: Base\ninput: { channels: 1, height: 8, width: 8 }\nclasses: 2\nlayers:\n  - { conv: conv1, maps: 2, kernel: 3 }\n  - { relu: relu1 }\n  - { dense: fc2 }\n";
        const string derived = "network: Derived\nextends: Base\nchange:\n  conv1: { maps: 3 }\ninsert-after: { relu1: { dropout: drop1 } }\n";
        var source = SpecCompilation.Of(("specs/a.yaml", derived), ("specs/nets/b.yaml", parent)).Source("Derived.Source.g.cs");
        Assert.Contains("Derived => new(\"specs/a.yaml\", 1);", source, StringComparison.Ordinal);
        Assert.Contains("Conv1 => new(\"specs/a.yaml\", 4);", source, StringComparison.Ordinal);
        Assert.Contains("Relu1 => new(\"specs/nets/b.yaml\", 6);", source, StringComparison.Ordinal);
        Assert.Contains("Drop1 => new(\"specs/a.yaml\", 5);", source, StringComparison.Ordinal);
    }
}
