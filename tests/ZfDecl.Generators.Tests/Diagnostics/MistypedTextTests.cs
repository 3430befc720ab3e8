using ZfDecl.Generators.Reading;

namespace ZfDecl.Generators.Tests.Diagnostics;

/// <summary>What is typed or pasted wrong, letter by letter: brackets, commas, spaces, words of a list. Each is said as what it is, where it is.</summary>
public class MistypedTextTests
{
    private const string Head = "network: Test\ninput: { channels: 1, height: 28, width: 28 }\nclasses: 10\nlayers:\n";
    private const string Layers = "  - { conv: conv1, maps: 8, kernel: 3 }\n  - { dense: fc2 }\n";
    private const string Space = "\u00A0";

    [Fact]
    public void AWordOfAListThatThereIsNotIsNamedWhereItStands() => AssertErrors(
        Head + Layers + "preprocess: { augment: [flip, rotate] }\n",
        "7,31 ZF0104: 'preprocess': 'augment' names 'rotate'; allowed is a list [a, b, …], each one of flip, shift, random-crop, ten-crops, or 'none'");

    [Fact]
    public void EachWrongWordOfAListIsAnErrorOfItsOwn() => AssertErrors(
        Head + Layers + "preprocess: { augment: [flop, shift, rotate] }\n",
        "7,25 ZF0104: 'preprocess': 'augment' names 'flop'; allowed is a list [a, b, …], each one of flip, shift, random-crop, ten-crops, or 'none'; did you mean 'flip'?",
        "7,38 ZF0104: 'preprocess': 'augment' names 'rotate'; allowed is a list [a, b, …], each one of flip, shift, random-crop, ten-crops, or 'none'");

    [Fact]
    public void AFactorThatIsNoNumberIsNamed() => AssertErrors(
        Head + Layers + "train: { rates: { bias: 2, conv1: twice } }\n",
        "7,35 ZF0104: 'train': 'rates' has for 'conv1' 'twice'; allowed is a mapping such as { bias: 2, conv1: 0 }, each a number ≥ 0");

    [Fact]
    public void AnUnclosedBraceSaysWhereItOpened() => AssertErrors(
        Head + "  - { conv: conv1, maps: 8, kernel: 3\n  - { dense: fc2 }\n",
        "5,5 ZF0001: the '{' that opens here is not closed: a '}' is missing");

    [Fact]
    public void EachUnclosedBraceOfAFileIsSaidInTheOrderOfLines() => AssertErrors(
        "network: Test\ninput: { channels: 1, height: 28, width: 28\nclasses: 10\nlayers:\n  - { conv: conv1, maps: 8, kernel: 3\n  - { dense: fc2 }\npreprocess: { augment: [flip, shift }\n",
        "2,8 ZF0001: the '{' that opens here is not closed: a '}' is missing",
        "5,5 ZF0001: the '{' that opens here is not closed: a '}' is missing",
        "7,24 ZF0001: the '[' that opens here is not closed: a ']' is missing");

    [Fact]
    public void ABracketThatClosesNothingIsSaidAsThat() => AssertErrors(
        Head + Layers + "preprocess: { augment: flip ] }\n",
        "7,29 ZF0001: this ']' closes nothing; leave it out, or open it with a '['");

    [Fact]
    public void WhatIsWrongInAVariantIsSaidOnce() => AssertErrors(
        Head + Layers + "variants:\n  Wide: { classes: many }\n",
        "8,20 ZF0104: the variant 'Wide': 'classes' is 'many'; allowed is");

    [Fact]
    public void AnUnclosedQuoteSaysWhereItOpened() => AssertErrors(
        Head + Layers + "summary: 'A small net\n",
        "7,10 ZF0001: this quotation mark is not closed: a second ' is missing");

    [Theory]
    [InlineData("summary: 'a { in quotes, and it''s fine'\n")]
    [InlineData("summary: \"a [ and a \\\" too\"\n")]
    [InlineData("summary: A net {of} a few layers   # and { here\n")]
    [InlineData("preprocess: {\n  augment: [flip,\n    shift]\n}\n")]
    public void BracketsThatAreRightAreNoFault(string line) => Assert.Empty(Brackets.Faults(Head + Layers + line));

    [Theory]
    [InlineData("train: { learning-rate: 0,05, batch: 64 }\n", 25)]
    [InlineData("train:\n  learning-rate: 0,05\n", 18)]
    public void ADecimalCommaIsRecognised(string train, int column) => AssertErrors(
        Head + Layers + train,
        $"{(column == 25 ? 7 : 8)},{column} ZF0104: 'train': 'learning-rate' is '0,05'; allowed is a number > 0; a decimal point is a point: write 0.05");

    [Fact]
    public void ACommaBetweenThousandsIsRecognised() => AssertErrors(
        Head + Layers + "train: { epochs: 1,000, batch: 64 }\n",
        "7,18 ZF0104: 'train': 'epochs' is '1,000'; allowed is a whole number from 1 to 1,000,000; digits have no comma between: write 1000");

    [Fact]
    public void TwoNumbersOfAListAreNoDecimalComma() => AssertErrors(Head + "  - { conv: conv1, maps: 8, kernel: [3,5] }\n  - { dense: fc2 }\n");

    [Fact]
    public void ANoBreakSpaceIsRecognisedWhereverYamlNeedsASpace() => AssertErrors(
        Head.Replace("classes: ", $"classes:{Space}", StringComparison.Ordinal) + $"  -{Space}{{ conv:{Space}conv1, maps: 8, kernel: 3 }}\n{Space} - {{ dense: fc2 }}\n",
        "3,9 ZF0001: this is a no-break space (U+00A0), which YAML takes for a letter; write a space in its place",
        "5,4 ZF0001: this is a no-break space (U+00A0), which YAML takes for a letter; write a space in its place",
        "6,1 ZF0001: this is a no-break space (U+00A0), which YAML takes for a letter; write a space in its place");

    [Fact]
    public void ANoBreakSpaceBehindANumberIsRecognised() => AssertErrors(
        Head + Layers + $"train: {{ batch: 64{Space} }}\n",
        "7,19 ZF0001: this is a no-break space (U+00A0), which YAML takes for a letter; write a space in its place");

    [Fact]
    public void AnInvisibleCharacterWithinAWordIsRecognised() => AssertErrors(
        Head + Layers + "train: { anneal: cos\u200Bine }\n",
        "7,18 ZF0104: 'train': 'anneal' is 'cos\u200Bine'; allowed is one of constant, cosine, step, plateau; it holds an invisible character (U+200B): take it out");

    [Fact]
    public void ANoBreakSpaceWithinATextOrACommentIsTheTextsOwn()
    {
        var compiled = SpecCompilation.Of($"summary: Fig.{Space}3 of the paper   # page{Space}4\n{Head}{Layers}train: {{ batch: 64 }}   #{Space}small\n");
        Assert.Empty(compiled.Diagnostics);
        Assert.Contains($"Fig.{Space}3", compiled.Source("Test.Declaration.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsWrongInOtherFilesIsSaidInTheSameRound()
    {
        var found = SpecCompilation.Of(
            ("specs/a.yaml", Head + "  - { conv: conv1, maps: 8\n"),                                    // cannot be read
            ("specs/b.yaml", "network: Heir\nextends: Test\ntrain: { batch: x }\n"),                    // extends it
            ("specs/c.yaml", Head.Replace("Test", "Other", StringComparison.Ordinal) + "  - { dense: fc2, unit: 3 }\n"));
        Assert.Equal(["a.yaml 5,5 ZF0001", "b.yaml 3,17 ZF0104", "c.yaml 5,19 ZF0101"], found.Diagnostics.Select(one => $"{Path.GetFileName(one.Location.GetLineSpan().Path)} {Place(one)}"));
    }

    private static void AssertErrors(string spec, params string[] errors)
    {
        var found = SpecCompilation.Of(spec).Diagnostics.Select(one => $"{Place(one)}: {one.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}").ToArray();
        Assert.True(errors.Length == found.Length && errors.All(error => found.Any(one => one.StartsWith(error, StringComparison.Ordinal))), string.Join("\n", found));
    }

    private static string Place(Microsoft.CodeAnalysis.Diagnostic one) =>
        one.Location.GetLineSpan().StartLinePosition is var at ? $"{at.Line + 1},{at.Character + 1} {one.Id}" : "";
}
