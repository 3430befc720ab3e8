using ZfDecl.Files;

namespace ZfDecl.Tests.Runs;

public class PlainNameTests
{
    [Theory]
    [InlineData("conv1")]
    [InlineData("conv1 (2)")]
    [InlineData("a..b")]
    [InlineData(".hidden")]
    [InlineData("2008_000008.jpg")]
    [InlineData("console")]
    [InlineData("été 日本語 😀")]
    [InlineData("C# & 100% = $(x) 'y' [z]")]
    public void ANameOfAFileIsPlain(string name) => Assert.Null(PlainName.Flaw(name));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../../../escape")]
    [InlineData("/escape")]
    [InlineData("a/b")]
    [InlineData("""..\escape""")]
    [InlineData("C:escape")]
    [InlineData("conv1.png:stream")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u0085b")]
    [InlineData("what?")]
    [InlineData("ends in a dot.")]
    [InlineData(" begins in a space")]
    [InlineData("nul")]
    [InlineData("Com1.txt")]
    [InlineData("aux .png")]
    public void WhatLeadsElsewhereOrIsNoFileOnSomeSystemIsNot(string name) => Assert.NotNull(PlainName.Flaw(name));

    [Fact]
    public void ItsLengthIsCountedAsFileSystemsDo()
    {
        Assert.True(PlainName.Is(new string('a', 200)));
        Assert.False(PlainName.Is(new string('a', 201)));
        Assert.True(PlainName.Is(new string('é', 100)));
        Assert.False(PlainName.Is(new string('é', 101)));
    }
}
