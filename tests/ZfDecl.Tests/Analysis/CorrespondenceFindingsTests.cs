using ZfDecl.Analyses.Correspond;
using ZfDecl.Data;
using ZfDecl.Data.Batching;
using ZfDecl.Imaging;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Analysis;

[Collection(Alone.Name)]
public class CorrespondenceFindingsTests
{
    [Fact]
    public void BoxesAtUnrelatedPlacesOfUnrelatedPicturesAreTooFewToTell()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(4);
        var random = new AugmentationRandom(5, 0, 0);
        var parts = Decoded(images).Select((decoded, i) => new ImageWithParts($"{i}", decoded, new Dictionary<string, PixelRegion>
        {
            ["one"] = new(random.Next(9), random.Next(9), 3, 3),
            ["other"] = new(random.Next(8), random.Next(9), 4, 3),
        })).ToArray();
        var findings = Report(net, images.Preprocessor(), parts).Findings().ToArray();
        Assert.DoesNotContain(findings, finding => finding.Contains("treated more alike in all images", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.StartsWith("In conv1 these are too few images to tell whether one (p = ", StringComparison.Ordinal));
    }

    [Fact]
    public void APartThatIsTheSameInAllPicturesIsTreatedMoreAlike()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(1);
        var decoded = Decoded(images)[0];
        // One picture four times: occluding the same box does the same to each; the random regions lie elsewhere in each.
        var parts = Enumerable.Range(0, 4).Select(i => new ImageWithParts($"{i}", decoded, new Dictionary<string, PixelRegion> { ["eye"] = new(2, 3, 4, 4) })).ToArray();
        var findings = Report(net, images.Preprocessor(), parts).Findings().ToArray();
        Assert.Equal("In conv1 eye (p = 0.0002) is treated more alike in all images than random regions are.", findings[0]);
        Assert.DoesNotContain(findings, finding => finding.Contains("too few", StringComparison.Ordinal));
        Assert.Equal("With so many images and random regions a single p is at least 0.0001; 2 are tested, so the least corrected is 0.0002.", findings[^1]);
    }

    [Fact]
    public void TwoPicturesAndOneDrawAreTooFewWhateverTheyShow()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(1);
        var decoded = Decoded(images)[0];
        var parts = Enumerable.Range(0, 2).Select(i => new ImageWithParts($"{i}", decoded, new Dictionary<string, PixelRegion> { ["eye"] = new(2, 3, 4, 4) })).ToArray();
        Assert.Contains("In conv2 these are too few images to tell whether eye (p = 0.5) is treated more alike than random regions.", Report(net, images.Preprocessor(), parts, draws: 1).Findings());
    }

    private static List<byte[]> Decoded(ToyImages images) => [.. Enumerable.Range(0, images.Count).Select(i =>
    {
        var decoded = new byte[images.Shape.Count];
        images.Read(i, decoded);
        return decoded;
    })];

    private static CorrespondenceReport Report(ToyNet net, Preprocessor preprocessor, ImageWithParts[] parts, int draws = 20)
    {
        var analysis = new PartCorrespondence(net, preprocessor, net.Info.Layers[ToyNet.Conv1], net.Info.Layers[ToyNet.Conv2]);
        return new(analysis, parts, analysis.Measure(parts, draws, seed: 1, new SilentLog()), preprocessor, new SheetCaption { Network = "Toy", Data = "", Weights = "" });
    }
}
