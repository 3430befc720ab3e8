using ZfDecl.Analyses.Diagnose;
using ZfDecl.Analyses.Evolve;
using ZfDecl.Analyses.Trust;
using ZfDecl.Measures;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Tests.Analysis;

/// <summary>Sentences that a command concludes with, each with a case where it must not be said.</summary>
public class ConclusionsTests
{
    private static readonly LayerInfo Layer = new(0, "conv1", "conv", new(4, 5, 5), new(3, 3, 1, 1, 0, 0), 0, 0, 0);

    [Theory]
    [InlineData(55, true)]                                              // 45.2 … 64.4 %: a coin does as well
    [InlineData(65, false)]                                             // 55.3 … 73.6 %
    public void AnAccuracyIsNotSurelyBetterThanAGuessOnlyWhereItsIntervalReachesIt(int right, bool isSaid)
    {
        var figures = AccuracyFigures.Of(new(["cat", "dog"], new[,] { { right / 2, 50 - (right / 2) }, { 50 - (right - (right / 2)), right - (right / 2) } }));
        Assert.Equal(isSaid, figures.Sentences().First().EndsWith(", which it is not surely better than", StringComparison.Ordinal));
    }

    [Fact]
    public void WhereEachClassIsPredictedNoneIsSaidNotToBe() =>
        Assert.Single(AccuracyFigures.Of(new(["cat", "dog"], new[,] { { 5, 0 }, { 4, 1 } })).Sentences());

    [Theory]
    [InlineData(2, false)]                                              // 5 % of 40
    [InlineData(3, true)]
    public void AFewDeadMapsAreNoFinding(int dead, bool isSaid) =>
        Assert.Equal(isSaid, Diagnosed([.. Enumerable.Repeat(0.1, 40)], dead).Verdict.Contains("are dead", StringComparison.Ordinal));

    [Theory]
    [InlineData(0.29, false)]
    [InlineData(0.31, true)]
    public void AFilterDominatesFromThreeTimesTheMedianOn(double largest, bool isSaid) =>
        Assert.Equal(isSaid, Diagnosed([0.1, 0.1, 0.1, largest], 0).Verdict.Contains("dominates", StringComparison.Ordinal));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FrequenciesAreAFindingWhereTheMiddleOnesAreFewerThanInNoise(bool isSaid)
    {
        var noise = FrequencyShares.OfNoise;
        var shift = isSaid ? 0.01 : -0.01;
        var layer = Diagnosed([1, 1], 0) with { Frequencies = [new(noise.Low + shift, noise.Middle - shift, noise.High)] };
        Assert.Equal(isSaid, layer.Verdict.Contains("fewer in between", StringComparison.Ordinal));
    }

    [Fact]
    public void OfOneEpochNothingIsCompared()
    {
        Assert.EndsWith("so nothing is compared; train for more epochs.", Evolved([1], [4]), StringComparison.Ordinal);
        Assert.DoesNotContain("nothing is compared", Evolved([1, 2], [4, 4]), StringComparison.Ordinal);
    }

    [Fact]
    public void AnImageThatStaysTheStrongestIsNoOtherOne()
    {
        Assert.EndsWith("became another one in 0 of 2 cases.", Evolved([1, 2, 5], [4, 4, 4]), StringComparison.Ordinal);
        Assert.EndsWith("became another one in 1 of 2 cases.", Evolved([1, 2, 5], [4, 4, 7]), StringComparison.Ordinal);
    }

    [Fact]
    public void RulesThatProjectTheSameAreNotComparedAndOthersAre()
    {
        Assert.Contains("there is nothing to compare", Trusted(1, 1), StringComparison.Ordinal);
        Assert.DoesNotContain("Footnote 1", Trusted(1, 1), StringComparison.Ordinal);
        Assert.Contains("Footnote 1", Trusted(1, 2), StringComparison.Ordinal);
        Assert.DoesNotContain("there is nothing to compare", Trusted(1, 2), StringComparison.Ordinal);
    }

    [Fact]
    public void WhereObjectsAreKnownItIsNotSaidThatNobodyKnows()
    {
        Assert.Contains("Nobody knows where the objects of these images are", Trusted(1, 2), StringComparison.Ordinal);
        Assert.DoesNotContain("lies on the object by", Trusted(1, 2), StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody knows", Trusted(1, 2, new(0.25, 0.5, 0.25, 0.25)), StringComparison.Ordinal);
        Assert.Contains("50 % lies on the object by the paper's rule, 25 % by the gradient", Trusted(1, 2, new(0.25, 0.5, 0.25, 0.25)), StringComparison.Ordinal);
    }

    private static LayerDiagnosis Diagnosed(double[] rms, int dead) => new()
    {
        Layer = Layer,
        Dead = [.. Enumerable.Range(0, dead)],
        Images = 10,
        Rms = rms,
        Frequencies = [FrequencyShares.OfNoise],
    };

    private static string Evolved(int[] epochs, int[] images) =>
        new EvolutionReport([new(Layer, epochs, [new(0, [.. images.Select(image => Unit(image, 1))])])], new(1, 5, 5), new() { Network = "Toy", Data = "", Weights = "" }).Findings().Single();

    private static string Trusted(float deconv, float masked, EnergyPointingGame? onObject = null) => string.Join(
        '\n', new TrustResult(Layer, new(new(1, 5, 5), 1, 1), [], [new(0, Unit(0, deconv), Unit(0, masked), Unit(0, deconv), 0.5, (0.5, 0.4, 0.3), onObject)]).Sentences());

    private static VisualizedUnit Unit(int image, float projection) => new()
    {
        Rank = 0,
        Unit = new(1, image, 0, 0),
        ImageName = $"{image}",
        Class = "cat",
        Region = new(0, 0, 1, 1),
        Projection = [projection],
        Patch = [0],
    };
}
