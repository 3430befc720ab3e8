using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Runs;

public sealed class StatisticsCacheTests : IDisposable
{
    private static readonly FeatureShape Input = new(3, 6, 5);

    private readonly TemporaryFolder folder = new();
    private readonly SyntheticSet images = new(new(3, 8, 7), 40);

    public void Dispose()
    {
        images.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void TheSecondRunLooksAtAFewImagesOnly()
    {
        var (first, log) = (Of(images), new CapturedLog());
        using var unreadable = new SyntheticSet(images.Shape, images.Count, failsAt: 1);
        AssertSame(first, Of(unreadable, log));
        Assert.Empty(log.Warnings);
    }

    [Fact]
    public void OtherImagesAndOtherShapesAreMeasuredThemselves()
    {
        Of(images);
        using var unreadable = new SyntheticSet(images.Shape, images.Count, failsAt: 1);
        Assert.Equal("ZF1133", Assert.Throws<ZfDeclException>(() => Of(unreadable, hash: "other")).Code);
        Assert.Equal("ZF1133", Assert.Throws<ZfDeclException>(() => Of(unreadable, input: new(3, 5, 6))).Code);
    }

    [Fact]
    public void OtherPixelsUnderTheSameHashAreMeasuredThemselves()
    {
        // The hash of class folders covers names and lengths of files, which bitmaps of one size share.
        Of(images);
        using var others = new SubsetImageSet(new SyntheticSet(images.Shape, images.Count + 1), [.. Enumerable.Range(1, images.Count)], label => label, images.Classes);
        Assert.NotEqual(Of(images).ChannelMean, Of(others).ChannelMean);
    }

    [Fact]
    public void ADamagedFileIsNamedAndMadeAnew()
    {
        var first = Of(images);
        var path = Assert.Single(Directory.GetFiles(folder.Path));
        var whole = File.ReadAllBytes(path);
        for (var seed = 0; seed < 60; seed++)
        {
            var (damaged, log) = (Damage.Of(whole, seed), new CapturedLog());
            File.WriteAllBytes(path, damaged);
            AssertSame(first, Of(images, log));
            if (damaged.AsSpan().SequenceEqual(whole))
                continue;
            Assert.Equal(("ZF1217", path), (log.Warnings.Single().Code, log.Warnings.Single().File));
            Assert.Equal(whole, File.ReadAllBytes(path));
        }
    }

    [Fact]
    public void AFileOfOtherImagesUnderItsNameIsNotTaken()
    {
        Of(images);
        var path = Assert.Single(Directory.GetFiles(folder.Path));
        using var others = new SyntheticSet(images.Shape, images.Count + 1);
        var second = Of(others, hash: "other");
        File.Move(Directory.GetFiles(folder.Path).Single(file => file != path), path, overwrite: true);
        var log = new CapturedLog();
        Assert.NotEqual(second.ChannelMean, Of(images, log).ChannelMean);
        Assert.Equal("ZF1217", log.Warnings.Single().Code);
    }

    [Fact]
    public void SeveralAtOnceDoNotHarmEachOther()
    {
        var expected = ImageStatistics.Measure(images, Input, new SilentLog());
        var logs = new CapturedLog[8];
        Parallel.For(0, logs.Length, i => AssertSame(expected, Of(images, logs[i] = new())));
        Assert.All(logs, log => Assert.Empty(log.Warnings));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void AFolderThatCannotBeWrittenStopsNoRun()
    {
        var file = folder["file"];
        File.WriteAllText(file, "");
        var log = new CapturedLog();
        AssertSame(Of(images), new StatisticsCache(Path.Combine(file, "cache")).Of(Data(images, "hash"), Input, log));
        Assert.Equal("ZF1218", log.Warnings.Single().Code);
    }

    private ImageStatistics Of(ImageSet set, CapturedLog? log = null, string hash = "hash", FeatureShape? input = null) =>
        new StatisticsCache(folder.Path).Of(Data(set, hash), input ?? Input, log ?? new CapturedLog());

    private static ImageData Data(ImageSet set, string hash) => new(set, set, hash, "");

    private static void AssertSame(ImageStatistics expected, ImageStatistics found)
    {
        Assert.Equal(expected.Mean, found.Mean);
        Assert.Equal(expected.ChannelMean, found.ChannelMean);
        Assert.Equal(expected.ChannelDeviation, found.ChannelDeviation);
    }
}
