using SkiaSharp;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Tests.Imaging;

namespace ZfDecl.Tests.Reporting;

public sealed class PictureSnapshotsTests : IDisposable
{
    private static readonly byte[] Grey = Pictures.Flat(8, 8, SKColors.Gray), Red = Pictures.Flat(8, 8, SKColors.Red);

    private readonly TemporaryFolder folder = new();

    private PictureSnapshots Snapshots => new(folder["visualize"], folder["approved"], ["conv1", "conv2", "conv3"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void APictureThatWasNeverApprovedIsReceived()
    {
        Made("conv1", Grey);
        var finding = Assert.Single(Snapshots.Compare());
        Assert.Equal(("conv1", SnapshotOutcome.New, folder["approved", "conv1.received.png"]), (finding.Layer, finding.Outcome, finding.File));
        Assert.Equal(["conv1.received.png"], Approved());
        Assert.Equal(Grey, File.ReadAllBytes(finding.File));
    }

    [Fact]
    public void APictureThatDiffersIsReceivedWithADifferencePicture()
    {
        Made("conv1", Red);
        Put("conv1.verified.png", Grey);
        var finding = Assert.Single(Snapshots.Compare());
        Assert.Equal(SnapshotOutcome.Different, finding.Outcome);
        Assert.Contains("64 of 64 pixels (100 %) differ by more than 2/255", finding.Detail);
        Assert.Equal(["conv1.difference.png", "conv1.received.png", "conv1.verified.png"], Approved());
    }

    [Fact]
    public void AnEqualPictureRemovesWhatAnEarlierComparisonLeft()
    {
        Made("conv1", Grey);
        Put("conv1.verified.png", Grey);
        Put("conv1.received.png", Red);
        Put("conv1.difference.png", Red);
        Assert.Equal(SnapshotOutcome.Same, Assert.Single(Snapshots.Compare()).Outcome);
        Assert.Equal(["conv1.verified.png"], Approved());
    }

    [Fact]
    public void AnApprovedPictureOfALayerThatIsNoLongerShownIsReported()
    {
        Made("conv1", Grey);
        Put("conv1.verified.png", Grey);
        Put("conv9.verified.png", Grey);
        Put("conv9.received.png", Red);
        Assert.Equal([("conv1", SnapshotOutcome.Same), ("conv9", SnapshotOutcome.Obsolete)], Snapshots.Compare().Select(finding => (finding.Layer, finding.Outcome)));
        Assert.Equal(["conv1.verified.png", "conv9.verified.png"], Approved());
    }

    [Fact]
    public void ApprovedPicturesThatWereNotMadeThisTimeStay()
    {
        Made("conv1", Red);
        Put("conv1.verified.png", Grey);
        Put("conv2.verified.png", Grey);
        Assert.Equal("conv1", Assert.Single(Snapshots.Compare()).Layer);
        Snapshots.Approve();
        Assert.Equal(["conv1.verified.png", "conv2.verified.png"], Approved());
    }

    [Fact]
    public void SheetsOfAnEarlierTimeAreNotComparedAsIfMadeNow()
    {
        Made("conv1", Grey);
        Made("conv2", Red);
        Put("conv1.verified.png", Grey);
        Put("conv2.verified.png", Grey);
        Assert.Equal(["conv1"], Snapshots.Compare(made: ["conv1"]).Select(finding => finding.Layer));
    }

    [Fact]
    public void ApprovingMakesTheNextComparisonPass()
    {
        Made("conv1", Red);
        Made("conv2", Grey);
        Made("conv3", Grey);
        Put("conv1.verified.png", Grey);
        Put("conv3.verified.png", Grey);
        Put("conv9.verified.png", Grey);
        Snapshots.Compare();
        Assert.Equal(
            [("conv1", SnapshotOutcome.Different), ("conv2", SnapshotOutcome.New), ("conv9", SnapshotOutcome.Obsolete)],
            Snapshots.Approve().Select(finding => (finding.Layer, finding.Outcome)));
        Assert.Equal(["conv1.verified.png", "conv2.verified.png", "conv3.verified.png"], Approved());
        Assert.All(Snapshots.Compare(), finding => Assert.Equal(SnapshotOutcome.Same, finding.Outcome));
    }

    [Fact]
    public void ApprovingWithoutAComparisonApprovesNothing()
    {
        Made("conv1", Grey);
        Assert.Empty(Snapshots.Approve());
    }

    [Fact]
    public void ARunWithoutPicturesApprovesAndRemovesNothing()
    {
        Put("conv1.verified.png", Grey);
        Assert.Equal("ZF1501", Assert.Throws<ZfDeclException>(() => Snapshots.Compare()).Code);
        Assert.Equal("ZF1501", Assert.Throws<ZfDeclException>(() => Snapshots.Approve()).Code);
        Assert.Equal(["conv1.verified.png"], Approved());
    }

    [Fact]
    public void AnApprovedFileThatIsNoPictureIsReported()
    {
        Made("conv1", Grey);
        Put("conv1.verified.png", [1, 2, 3]);
        Assert.Equal("the approved file is no picture that can be decoded", Assert.Single(Snapshots.Compare()).Detail);
    }

    private void Made(string layer, byte[] png) => AtomicFile.Write(folder["visualize", layer, "sheet.png"], stream => stream.Write(png));

    private void Put(string name, byte[] png) => AtomicFile.Write(folder["approved", name], stream => stream.Write(png));

    private string[] Approved() => [.. Directory.EnumerateFiles(folder["approved"]).Select(path => Path.GetFileName(path)).Order()];
}
