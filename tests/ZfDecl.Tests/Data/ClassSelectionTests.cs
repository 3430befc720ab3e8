using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Tests.Training;

namespace ZfDecl.Tests.Data;

public sealed class ClassSelectionTests
{
    private static readonly string[] Names = ["T-shirt/top", "Trouser", "Ankle boot", "7", "Bag"];

    [Theory]
    [InlineData("0-2", new[] { 0, 1, 2 })]
    [InlineData("4+0", new[] { 0, 4 })]
    [InlineData("bag + ankle boot", new[] { 2, 4 })]
    [InlineData("T-shirt/top,1-2", new[] { 0, 1, 2 })]
    [InlineData("0-1;7", new[] { 0, 1, 3 })]                            // the class called 7, not number 7
    public void ClassesAreNamedNumberedOrGivenAsRanges(string text, int[] labels) => Assert.Equal(labels, ClassSelection.Parse(text, Names));

    [Theory]
    [InlineData("1-3", "1 2 3")]                                       // folders 1 … 9: names, not places
    [InlineData("1+9", "1 9")]
    [InlineData("8-9", "8 9")]
    [InlineData("02-03", "2 3")]
    public void ANumberMeansTheClassOfThatNameWhereNamesAreNumbers(string text, string names)
    {
        string[] classes = [.. Enumerable.Range(1, 9).Select(name => $"{name}")];
        Assert.Equal(names.Split(' '), ClassSelection.Parse(text, classes).Select(label => classes[label]));
        Assert.Equal(names.Split(' ').Select(name => $"0{name}"), ClassSelection.Parse(text, [.. classes.Select(name => $"0{name}")]).Select(label => $"0{classes[label]}"));
    }

    [Theory]
    [InlineData(new[] { "0", "1", "2", "10", "11" }, "2-11", new[] { 2, 3, 4 })]
    [InlineData(new[] { "1", "3", "5", "7" }, "1-5", new[] { 0, 1, 2 })]                        // those that there are
    [InlineData(new[] { "1", "2", "3", "background" }, "1-2+background", new[] { 0, 1, 3 })]    // both ends are names
    [InlineData(new[] { "001.ak47", "002.flag", "003.pack" }, "0-1", new[] { 0, 1 })]           // these are NaN
    public void ARangeMeansNamesWhereBothEndsAreNames(string[] classes, string text, int[] labels) => Assert.Equal(labels, ClassSelection.Parse(text, classes));

    [Theory]
    [InlineData("0-3", "'0-3' is no class; give names or ranges of them, such as 1-5, with + between")]
    [InlineData("8-10", "'8-10' is no class")]
    [InlineData("0+1", "'0' is no class")]
    public void APlaceIsNoClassWhereNamesAreNumbers(string text, string finding) => Assert.StartsWith(finding, Assert.Throws<ZfDeclException>(
        () => ClassSelection.Parse(text, [.. Enumerable.Range(1, 9).Select(name => $"{name}")])).Message, StringComparison.Ordinal);

    [Fact]
    public void CaseDecidesWhereNamesDifferInItAloneAndNowhereElse()
    {
        string[] classes = ["Cat", "cat", "Dog"];
        Assert.Equal([1, 2], ClassSelection.Parse("cat+DOG", classes));
        Assert.Equal([0, 1], ClassSelection.Parse("Cat+cat", classes));
        Assert.Equal("'CAT' may be any of 'Cat', 'cat'; write the one that is meant as it stands there", Assert.Throws<ZfDeclException>(() => ClassSelection.Parse("CAT+Dog", classes)).Message);
    }

    [Fact]
    public void TheHashOfClassesThatAreSortedByNameIsTheSameInAnyOrderOfThem()
    {
        string[] order = ["class 2", "class 0", "class 1"];
        using var data = SmallData.Create(train: 12, validation: 6) with { IsSortedByName = true, Test = new SmallData(3, seed: 3) };
        using var earlier = data.InOrderOf(order);
        Assert.Equal(data.Hash, earlier.Hash);
        Assert.Equal(order, earlier.Train.Classes);
        foreach (var (set, same) in ((ImageSet, ImageSet)[])[(earlier.Train, data.Train), (earlier.Validation, data.Validation), (earlier.HeldOut, data.HeldOut)])
            Assert.Equal(Enumerable.Range(0, same.Count).Select(image => same.Classes[same.Label(image)]), Enumerable.Range(0, set.Count).Select(image => set.Classes[set.Label(image)]));
        var (some, before) = (data.Only("class 1+class 2"), earlier.Only("class 1+class 2"));
        Assert.Equal((some.Hash, 8, 4, 2), (before.Hash, some.Train.Count, some.Validation.Count, some.HeldOut.Count));
        Assert.Equal(["class 2", "class 1"], before.Train.Classes);
        Assert.Equal(["image 1", "image 2"], PictureFolder.Names(some.HeldOut));

        Assert.Same(data, data.InOrderOf(["class 2", "class 0", "class 3"]));           // other classes: whoever asks maps them by name
        using var asItSays = data with { IsSortedByName = false };
        Assert.Same(asItSays, asItSays.InOrderOf(order));
    }

    [Theory]
    [InlineData("0-5", "'0-5' is no class")]
    [InlineData("Bag+Bga", "'Bga' is no class")]
    [InlineData("2-1", "'2-1' is no class")]
    [InlineData("-1", "'-1' is no class")]
    [InlineData("Bag", "selects 1 of the 5 classes")]
    [InlineData("", "selects 0 of the 5 classes")]
    public void WhatSelectsNothingIsAnError(string text, string finding)
    {
        var error = Assert.Throws<ZfDeclException>(() => ClassSelection.Parse(text, Names));
        Assert.Equal("ZF1170", error.Code);
        Assert.Contains(finding, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyTheImagesOfTheClassesAreLeftAndLabelledAnew()
    {
        using var data = SmallData.Create(train: 12, validation: 6);
        using var some = data.Only("1+class 2");
        Assert.Equal(["class 1", "class 2"], some.Train.Classes);
        Assert.Equal((8, 4), (some.Train.Count, some.Validation.Count));
        Assert.Equal([0, 1, 0, 1, 0, 1, 0, 1], Enumerable.Range(0, 8).Select(some.Train.Label));
        Assert.Equal("image 5", some.Train.NameOf(3));
        var (pixels, source) = (new byte[64], new byte[64]);
        some.Train.Read(3, pixels);
        data.Train.Read(5, source);
        Assert.Equal(source, pixels);
    }

    [Fact]
    public void OtherClassesAreOtherData()
    {
        using var data = SmallData.Create();
        Assert.Same(data, data.Only(null));
        string[] hashes = [data.Hash, data.Only("0-1").Hash, data.Only("1-2").Hash];
        Assert.Equal(3, hashes.Distinct().Count());
        Assert.Equal(data.Only("0-1").Hash, data.Only("class 1+class 0").Hash);
    }
}
