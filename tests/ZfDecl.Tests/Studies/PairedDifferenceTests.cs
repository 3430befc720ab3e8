using ZfDecl.Studies.Comparison;

namespace ZfDecl.Tests.Studies;

public class PairedDifferenceTests
{
    [Fact]
    public void ADifferenceIsTakenSeedBySeed()
    {
        // By hand: differences 0.02, 0.01, 0.03; mean 0.02; deviation 0.01; standard error 0.01 / √3.
        var difference = PairedDifference.OfVal(Row((1, 0.12), (2, 0.21), (3, 0.33)), Row((3, 0.30), (1, 0.10), (2, 0.20)))!.Value;
        Assert.Equal(0.02, difference.Mean, 12);
        Assert.Equal(0.01 / Math.Sqrt(3), difference.StandardError!.Value, 12);
        Assert.Equal("+2.0±0.6", difference.ToString());
    }

    [Fact]
    public void SeedsThatOneRowLacksAreLeftOut() =>
        Assert.Equal(new PairedDifference(0.25, null, 1), PairedDifference.OfVal(Row((1, 0.5), (2, 0.9)), Row((1, 0.25), (3, 0.1))));

    [Fact]
    public void WithoutACommonSeedThereIsNone() => Assert.Null(PairedDifference.OfVal(Row((1, 0.5)), Row((2, 0.25))));

    [Fact]
    public void AFallHasAMinusSign() => Assert.Equal("−12.5", PairedDifference.OfVal(Row((1, 0.125)), Row((1, 0.25)))!.Value.ToString());

    private static ComparedRow Row(params (int Seed, double Val)[] seeds) =>
        new("row", "Net", [.. seeds.Select(seed => new TrainedRow("row", "Net", $"run-s{seed.Seed}", seed.Seed, 0.01, seed.Val, 0.001, 100, 1))], null);
}
