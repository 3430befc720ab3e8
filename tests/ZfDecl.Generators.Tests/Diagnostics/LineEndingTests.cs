using Microsoft.CodeAnalysis;

namespace ZfDecl.Generators.Tests.Diagnostics;

/// <summary>A spec that an editor or git of another system has written is the same spec: its line endings, a mark of byte order, and the case of its file's name change nothing.</summary>
public class LineEndingTests
{
    private const string Spec = """
        # A net.
        network: Test
        summary: >
          Two lines
          of a summary.
        input: { channels: 1, height: 28, width: 28 }
        classes: 10
        layers:
          - { conv: conv1, maps: 4, kernel: 3 }     # a comment
          - relu: relu1
          - dense: scores
        train:
          epochs: 3
        variants:
          Wide: { change: { conv1: { maps: 8 } } }

        """;

    private static readonly Dictionary<string, Func<string, string>> Endings = new()
    {
        ["CRLF"] = spec => spec.ReplaceLineEndings("\r\n"),
        ["CR"] = spec => spec.ReplaceLineEndings("\r"),
        ["mixed"] = spec => string.Concat(spec.ReplaceLineEndings("\n").Split('\n').Select((line, index) => line + (index % 2 == 0 ? "\r\n" : "\n"))),
        ["CRLF without the last"] = spec => spec.ReplaceLineEndings("\r\n").TrimEnd(),
    };

    public static TheoryData<string> Kinds => [.. Endings.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheGeneratedCodeIsTheSame(string kind) => Assert.Equal(Sources(Spec.ReplaceLineEndings("\n")), Sources(Endings[kind](Spec)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SoIsTheHashThatARunIsKnownBy(string kind) => Assert.Equal(Hashes(Spec.ReplaceLineEndings("\n")), Hashes(Endings[kind](Spec)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AnErrorStandsOnItsLineAndColumn(string kind)
    {
        var wrong = Spec.Replace("kernel", "kernal", StringComparison.Ordinal).Replace("epochs: 3", "epochs: x", StringComparison.Ordinal).Replace("maps: 8", "maps: 0", StringComparison.Ordinal);
        Assert.Equal(["9,29 ZF0101", "13,11 ZF0104", "15,36 ZF0104"], Places(SpecCompilation.Of(Endings[kind](wrong))));
    }

    [Theory]
    [InlineData("network: Test\nlayers: [ { dense: scores }\n")]
    [InlineData("network: Test\n\tinput: 1\n")]
    [InlineData("network: Test\nsummary: \"open\nclasses: 2\n")]
    [InlineData("network: Test\n\nnetwork: Twice\n")]
    public void SoDoesOneOfTheTextItself(string broken) => Assert.Equal(Places(SpecCompilation.Of(broken)), Places(SpecCompilation.Of(broken.ReplaceLineEndings("\r\n"))));

    [Fact]
    public void ACommentThatNamesAWarningIsReadToTheEndOfItsLine() => Assert.Equal(
        ["6,13 ZF0401"],
        Places(SpecCompilation.Of("network: Test\r\ninput: { channels: 1, height: 8, width: 8 }\r\nclasses: 2\r\nlayers:\r\n"
            + "  - { conv: conv0, maps: 2, kernel: 1 }    # ZF0401\r\n  - { conv: conv1, maps: 2, kernel: 9, padding: 4 }\r\n  - { dense: scores }\r\n")));

    [Fact]
    public void FilesWhoseNamesDifferInCaseAloneAreTwo()
    {
        var other = Spec.Replace("Test", "Other", StringComparison.Ordinal).Replace("Wide", "OtherWide", StringComparison.Ordinal);
        var compilation = SpecCompilation.Of(("specs/net.yaml", Spec), ("specs/Net.yaml", other), ("specs/NET.YAML", Spec.Replace("network: Test", "network: TEST", StringComparison.Ordinal)));
        var error = compilation.Diagnostics.Single(one => one.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Contains("class 'Test'", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("/project/specs/net.yaml", error.Location.GetLineSpan().Path);
        Assert.Equal(["specs/Net.yaml", "specs/Net.yaml"], SpecCompilation.Of(("specs/net.yaml", Spec), ("specs/Net.yaml", other)).Load().Where(one => one.Info.Name.StartsWith("Other", StringComparison.Ordinal)).Select(one => one.Info.SpecFile));
    }

    private static IEnumerable<string> Sources(string spec) => SpecCompilation.Of(spec) is { Diagnostics: [] } compilation
        ? compilation.Result.Results.Single().GeneratedSources.Select(source => $"{source.HintName}\n{source.SourceText}")
        : throw new InvalidOperationException("the spec has errors");

    private static IEnumerable<string> Hashes(string spec) => SpecCompilation.Of(spec).Load().Select(network => network.Info.SpecHash);

    private static IEnumerable<string> Places(SpecCompilation compilation) => compilation.Diagnostics.Select(found => found.Location.GetLineSpan().StartLinePosition is var at ? $"{at.Line + 1},{at.Character + 1} {found.Id}" : "");
}
