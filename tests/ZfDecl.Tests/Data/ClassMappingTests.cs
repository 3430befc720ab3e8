using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Tests.Runs;
using ZfDecl.Tests.Training;

namespace ZfDecl.Tests.Data;

public class ClassMappingTests
{
    private const int None = ImageSet.Unknown;

    [Theory]
    [InlineData("dog fish", "cat dog fish", 1, 2)]                                          // fewer
    [InlineData("ant cat dog fish", "cat dog fish", None, 0, 1, 2)]                         // more
    [InlineData("dog fish newt", "cat dog fish", 1, 2, None)]                               // others
    [InlineData("fish cat dog", "cat dog fish", 2, 0, 1)]                                   // in another order
    [InlineData("cat Cat", "Cat cat", 1, 0)]                                                // exact case comes first
    [InlineData("CAT dog", "cat dog", 0, 1)]                                                // else case does not matter
    [InlineData("CAT dog", "cat Cat dog", None, 2)]                                         // but where it could be two, it is neither
    [InlineData("CAT Cat dog", "cat dog", None, None, 1)]                                   // from either side
    [InlineData("cat Cat dog", "cat dog", 0, None, 1)]                                      // what has been found is not found again
    [InlineData("10 2 0", "0 1 10 2", 2, 3, 0)]                                             // names are names, numbers or not
    [InlineData("n02012849 n01440764", "n01440764_tench n02012849_crane", 1, 0)]            // a synset is the same with or without a readable name
    [InlineData("n01440764_tench dog", "n01440764 dog", 0, 1)]
    [InlineData("tench crane", "n01440764_tench n02012849_crane n03126707_crane", 0, None)] // a crane may be a bird or a machine
    [InlineData("n03126707_crane n02012849_crane", "n02012849_crane dog", None, 0)]         // other synsets are others, whatever their names
    [InlineData("AK47 001.ak47", "ak47 dog", 0, None)]
    [InlineData("001.ak47 002.american-flag", "american-flag dog", None, 0)]
    public void AClassIsFoundByItsName(string given, string known, params int[] expected)
    {
        var mapping = Of(given, known);
        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(label => mapping[label]));
        Assert.False(mapping.IsByNumber);
        Assert.Equal(mapping.Given, mapping.Shared.Concat(mapping.Strange).OrderBy(name => mapping.Given.Index().First(one => one.Item == name).Index));
    }

    [Fact]
    public void TheSameListIsTheSameEvenWhereANameComesTwice() => Assert.True(Of("x x y", "x x y") is { IsIdentity: true } same && same[1] == 1);

    [Theory]
    [InlineData("0 1 2", "shirt shoe bag", "0 1 2", 0, 1, 2)]           // files without names, a run with names
    [InlineData("shirt shoe bag", "0 1 2", "shirt shoe bag", 0, 1, 2)]  // a run on files without names
    [InlineData("2 0", "shirt shoe bag", "0 1 2", 2, 0)]                // of which some were chosen
    [InlineData("bag", "0 1 2", "shirt shoe bag", 2)]
    public void FilesThatNumberTheirClassesAreTakenInTheSameOrder(string given, string known, string numbered, params int[] expected)
    {
        var mapping = ClassMapping.Of(Names(given), Names(known), Names(numbered));
        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(label => mapping[label]));
        Assert.True(mapping.IsByNumber);
        var log = new ListeningLog();
        mapping.Check("run 'a'", log);
        Assert.Contains("they are taken in the same order", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 1", "shirt shoe bag", "0 1")]                        // other numbers of classes
    [InlineData("0 1 2", "shirt shoe bag", null)]                       // folders called so are names
    [InlineData("red green blue", "shirt shoe bag", "red green blue")]  // both have names
    public void OthersAreNot(string given, string known, string? numbered) =>
        Assert.Empty(ClassMapping.Of(Names(given), Names(known), numbered is null ? null : Names(numbered)).Shared);

    [Fact]
    public void WhatTheNetworkDoesNotKnowIsSaidInOneLine()
    {
        var log = new ListeningLog();
        Of("ant cat dog fish", "cat dog fish").Check("run 'a'", log);
        Assert.Equal(["ZF1481: run 'a' was not trained on 1 of the 4 classes of these images: 'ant'. Their images keep these names where they are looked at, and are left out where the true class must be known"], log.Lines);

        log = new ListeningLog();
        Of("dog fish", "cat dog fish").Check("run 'a'", log);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void WhereNoneFitsItIsRefused()
    {
        var error = Assert.Throws<ZfDeclException>(() => Of("rose lily", "cat dog").Check("run 'a'", new SilentLog()));
        Assert.Equal("ZF1480", error.Code);
        Assert.StartsWith("run 'a' knows none of the classes of these images: it was trained on 'cat', 'dog', and they are of 'rose', 'lily'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALabelIsTheOutputOfTheNetworkAndAStrangerKeepsItsName()
    {
        using var data = SmallData.Create();
        using var images = data.LabelledFor(["class 2", "x", "class 0"]);
        Assert.Equal(["class 2", "x", "class 0"], images.Train.Classes);
        Assert.Equal([2, None, 0, 2], Enumerable.Range(0, 4).Select(images.Validation.Label));
        Assert.Equal(["class 0", "class 1", "class 2"], Enumerable.Range(0, 3).Select(images.Validation.ClassOf));
        var (before, after) = (new byte[64], new byte[64]);
        data.Train.Read(7, before);
        images.Train.Read(7, after);
        Assert.Equal(before, after);
        Assert.Equal("image 7", images.Train.NameOf(7));
    }

    [Fact]
    public void TheClassesOfARunAreKeptInItsOrder()
    {
        using var data = SmallData.Create();
        using var kept = data.OnlyNamed(["class 2", "gone", "class 0"]);
        Assert.Equal(["class 2", "class 0"], kept.Train.Classes);
        Assert.Equal([1, 0, 1, 0], Enumerable.Range(0, 4).Select(kept.Train.Label));                     // of 0, 2, 0, 2
        using var same = SmallData.Create().Only("class 0+class 2");
        using var again = SmallData.Create().OnlyNamed(["class 0", "class 2"]);
        Assert.Equal(same.Hash, again.Hash);
    }

    [Fact]
    public void WhereAnObjectIsStaysKnownWhenSomeClassesAreChosen()
    {
        using var shapes = ShapesImageSet.Open(new(1, 16, 16));
        using var some = shapes.Only("1+3").LabelledFor([.. shapes.Train.Classes.Reverse()]);
        Assert.Equal(shapes.Train.Mask(1), some.Train.Mask(0));
        Assert.Equal(shapes.Train.Mask(13), some.Train.Mask(3));
        Assert.Equal(8, some.Train.Label(0));
    }

    private static ClassMapping Of(string given, string known) => ClassMapping.Of(Names(given), Names(known));

    private static string[] Names(string text) => [.. text.Split(' ').Select(name => name.Replace('_', ' '))];
}
