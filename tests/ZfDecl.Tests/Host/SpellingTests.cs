using ZfDecl.Cli;

namespace ZfDecl.Tests.Host;

/// <summary>The library names parameters and commands; only the host spells them as they are typed.</summary>
public class SpellingTests
{
    [Theory]
    [InlineData("start anew with `resume=no`", "start anew with -p:Resume=no")]
    [InlineData("name another folder with `artifacts`", "name another folder with -p:Artifacts")]
    [InlineData("`per-class=7` is possible", "-p:PerClass=7 is possible")]
    [InlineData("`images=a b+c`: no image is called 'a b'", "-p:Images=a b+c: no image is called 'a b'")]
    [InlineData("Run `visualize` again", "Run -t:Visualize again")]
    [InlineData("It is made by: `train spec=Zf8 run=a`", "It is made by: dotnet msbuild -t:Train -p:Spec=Zf8 -p:Run=a")]
    [InlineData("a class called `tick`", "a class called `tick`")]
    public void WhatStandsInBackquotesIsSpelledAsItIsTyped(string message, string spelled) => Assert.Equal(spelled, Spelling.Of(message));

    [Fact]
    public void TheLibrarySpellsNoPropertyOfMSBuild()
    {
        var lines = Directory.EnumerateFiles(Repository.PathOf("src", "ZfDecl"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("\\obj\\", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));
        Assert.DoesNotContain(lines, line => line.Contains("-p:", StringComparison.Ordinal) || line.Contains("-t:", StringComparison.Ordinal));
    }
}
