using ZfDecl.Analyses.Attribution;

namespace ZfDecl.Tests.Analysis.Attribution;

public class AttributionResultTests
{
    private const string Praise = "it names pixels that the network needs and that are enough for it, more than a random order does, whatever the baseline";

    [Fact]
    public void TheIntervalIsThatOfTheDifferencesImageByImage()
    {
        var figures = AreaFigures.Of([0.5, 0.4, 0.6, 0.5], [0.7, 0.5, 0.7, 0.7]);
        // Differences −0.2, −0.1, −0.1, −0.2: mean −0.15, deviation 0.057735.
        Assert.Equal(0.5, figures.Area, 12);
        Assert.Equal(-0.15, figures.Difference, 12);
        Assert.Equal(1.96 * 0.05773503 / 2, figures.Margin, 1e-7);
        Assert.True(figures.IsBelow && !figures.IsAbove);
    }

    [Fact]
    public void ARuleThatIsBetterOverEachBaselineIsSaidToNameWhatTheNetworkNeeds() =>
        Assert.Contains(Praise, Sentence(_ => (0.2, 0.8)), StringComparison.Ordinal);

    [Fact]
    public void ARuleThatIsAsARandomOrderIsNot()
    {
        var sentence = Sentence(image => image % 2 == 0 ? (0.45, 0.55) : (0.55, 0.45));
        Assert.DoesNotContain(Praise, sentence, StringComparison.Ordinal);
        Assert.EndsWith("under no baseline is it better than a random order on both counts.", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void NorIsOneThatOnlyDeletesWell() =>
        Assert.EndsWith("under no baseline is it better than a random order on both counts.", Sentence(_ => (0.2, 0.5)), StringComparison.Ordinal);

    [Fact]
    public void ARuleThatIsBetterOverOneBaselineIsSaidToOweThatToIt() => Assert.EndsWith(
        "it is better than a random order on both counts over grey alone, so that is partly the baseline's doing.", Sentence(_ => (0.2, 0.8), baseline => baseline == DeletionBaseline.Grey), StringComparison.Ordinal);

    [Fact]
    public void OneImageProvesNothing() => Assert.EndsWith("under no baseline is it better than a random order on both counts.", Sentence(_ => (0.2, 0.8), images: 1), StringComparison.Ordinal);

    [Fact]
    public void FewImagesAreNamedAsTooFew()
    {
        Assert.Equal("These are 12 images; to tell orders apart take 200 or more, with `images`.", Result(_ => (0.2, 0.8), _ => true, 12).Sentences().Last());
        Assert.DoesNotContain(Result(_ => (0.2, 0.8), _ => true, 200).Sentences(), sentence => sentence.Contains("take 200 or more", StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutImagesNothingIsSaid() => Assert.Empty(new AttributionResult([]).Sentences());

    private static string Sentence(Func<int, (double, double)> areas, Func<DeletionBaseline, bool>? isBetter = null, int images = 20) => Result(areas, isBetter ?? (_ => true), images).Sentences().First();

    /// <summary>Grad-CAM beside a random order whose areas lie around a half.</summary>
    private static AttributionResult Result(Func<int, (double Deletion, double Insertion)> areas, Func<DeletionBaseline, bool> isBetter, int images) => new(
    [
        .. from image in Enumerable.Range(0, images)
           from baseline in Enum.GetValues<DeletionBaseline>()
           from rule in new[] { AttributionRule.GradCam, AttributionRule.Random }
           let noise = 0.001 * (image % 3)
           let area = rule == AttributionRule.GradCam && isBetter(baseline) ? areas(image) : (Deletion: 0.5, Insertion: 0.5)
           select new AttributionCurve(image, rule, baseline, Flat(area.Deletion + (rule == AttributionRule.Random ? noise : 0)), Flat(area.Insertion + (rule == AttributionRule.Random ? noise : 0))),
    ]);

    private static double[] Flat(double value) => [.. Enumerable.Repeat(value, DeletionCurves.Steps + 1)];
}
