using ZfDecl.Data;
using ZfDecl.Runs;
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
