using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Tests;

public class NearestTests
{
    // Counted by hand: kitten → sitten → sittin → sitting are 3 edits, and a word of six letters may be 2 away; a swap of neighbours is 1 edit.
    [Theory]
    [InlineData("sitting", "kitten", null)]
    [InlineData("sitting", "siting", "sitting")]
    [InlineData("sitting", "SITTNIG", "sitting")]
    [InlineData("sitting", "", null)]
    public void TheNearestNameIsAtMostAFewEditsAway(string name, string typed, string? expected) => Assert.Equal(expected, Nearest.To(typed, [name]));
}
