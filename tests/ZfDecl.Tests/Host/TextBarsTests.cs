using ZfDecl.Cli.Terminal;

namespace ZfDecl.Tests.Host;

/// <summary>Bars of text, in terminals of any width.</summary>
public class TextBarsTests
{
    private static readonly (string Name, double Share, string Value)[] Bars = [("Ankle boot", 0.75, "75.00 %"), ("Bag", 0.0001, "0.01 %"), ("Coat", 0, "0.00 %")];

    [Fact]
    public void NamesBarsAndNumbersStandBelowEachOther() => Assert.Equal(
        ["  Ankle boot  ██████████████████████▌         75.00 %", "  Bag         ▏                                0.01 %", "  Coat                                         0.00 %"],
        TextBars.Lines(Bars, 100));

    [Theory]
    [InlineData(100)]
    [InlineData(40)]
    [InlineData(30)]
    [InlineData(24)]
    [InlineData(16)]
    public void NoLineIsLongerThanTheTerminalAndEachHasItsNumber(int width)
    {
        string[] lines = [.. TextBars.Lines(Bars, width)];
        Assert.All(lines, line => Assert.True(line.Length <= width, $"{line.Length} letters"));
        Assert.All(lines.Zip(Bars), pair => Assert.EndsWith(pair.Second.Value, pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public void WhereRoomIsShortTheBarGoesAndThenTheEndsOfNames()
    {
        Assert.Equal("  Ankle boot  75.00 %", TextBars.Lines(Bars, 24).First());
        Assert.Equal("  Ankl…  75.00 %", TextBars.Lines(Bars, 16).First());
        Assert.Equal("  …  75.00 %", TextBars.Lines(Bars, 1).First());
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1e-9, "▏")]
    [InlineData(0.5, "██")]
    [InlineData(1, "████")]
    [InlineData(1.5, "████")]
    [InlineData(-1, "")]
    [InlineData(0.28125, "█▏")]
    public void ABarIsAsLongAsItsShare(double share, string bar) => Assert.Equal(bar, TextBars.Bar(share, 4));
}
