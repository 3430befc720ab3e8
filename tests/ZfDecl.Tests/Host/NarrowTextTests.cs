using ZfDecl.Cli.Terminal;

namespace ZfDecl.Tests.Host;

public class NarrowTextTests
{
    private const string Title = "looking for near-duplicates between training and validation";
    private static readonly string[] Status = ["2,115 images/s", "5 min 6 s left", "loss 0.412, error 21.4 %"];

    public static TheoryData<int> Widths => [.. Enumerable.Range(20, 181)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void NoWordOfABarIsBrokenAndItStaysInItsLine(int width)
    {
        var (title, bar, status) = NarrowText.Bar(Title, Status, width);
        Assert.True(title.Length + (bar == 0 ? 0 : bar + 1) + 5 + (status.Length == 0 ? 0 : status.Length + 1) <= width, $"{title}|{bar}|{status}");
        Assert.StartsWith(title.TrimEnd('…'), Title, StringComparison.Ordinal);
        Assert.All(title.TrimEnd('…').Split(' ', StringSplitOptions.RemoveEmptyEntries), word => Assert.Contains(word, Title.Split(' ')));
        Assert.Contains(status, Enumerable.Range(0, Status.Length + 1).Select(count => string.Join(", ", Status.Take(count))));
    }

    [Fact]
    public void AWideTerminalShowsAllOfIt() => Assert.Equal((Title, 40, string.Join(", ", Status)), NarrowText.Bar(Title, Status, 200));

    [Fact]
    public void ALongLineIsBrokenBetweenWords() => Assert.Equal(
        "the data has 5 classes, so\n  the last layer gets 5\n  units instead of 10",
        NarrowText.Wrap("the data has 5 classes, so the last layer gets 5 units instead of 10", 27));

    [Fact]
    public void ACommandStandsWholeInALineOfItsOwn() => Assert.Equal(
        "see what its feature maps\n  have learned:\n  dotnet msbuild -t:Visualize -p:Run=trial",
        NarrowText.Wrap("see what its feature maps have learned: dotnet msbuild -t:Visualize -p:Run=trial", 27));

    [Theory]
    [InlineData("  learning-rate  0.05                                 spec")]
    [InlineData("Fashion  1×28×28  10  116,000  3,000,000  specs/fashion.yaml  A small net")]
    public void ARowOfATableStaysAsItIs(string row) => Assert.Equal(row, NarrowText.Wrap(row, 20));
}
