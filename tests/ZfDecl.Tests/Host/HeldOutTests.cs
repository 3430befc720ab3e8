using System.Text.Json.Nodes;
using ZfDecl.Runs;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Host;

/// <summary>Images that are held out, through the host, on a handful of pictures.</summary>
[Collection(Alone.Name)]
public sealed class HeldOutTests : ShippedNetworks
{
    private readonly TemporaryFolder images = new();

    [Fact]
    public void TestImagesStayOutOfATrainingAndAreMeasuredWhereOneAsks()
    {
        Write("train", 12);
        Write("valid", 4);
        Write("test", 5);
        Assert.True(Train() == 0, errors.ToString());
        Assert.Contains("class folders: 36 training images, 12 validation images (from valid/), 15 test images held out (from test/), 3 classes", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("measure it once on the 15 test images that are held out: dotnet msbuild -t:Evaluate", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("which also chose the epoch", output.ToString(), StringComparison.Ordinal);

        Assert.True(Evaluate("test") == 0, errors.ToString());
        Assert.Contains("accuracy on 15 images (test): ", output.ToString(), StringComparison.Ordinal);
        Assert.All(File.ReadAllLines(Evaluation("predictions.csv")).Skip(1), row => Assert.Contains("test/", row, StringComparison.Ordinal));
        Assert.Equal("test", (string?)JsonNode.Parse(File.ReadAllText(Evaluation("summary.json")))!["split"]);
    }

    [Fact]
    public void WhoHasNoTestImagesIsToldHowToGetSome()
    {
        Write("train", 8);
        Assert.True(Train() == 0, errors.ToString());
        Assert.Equal(1, Evaluate("test"));
        Assert.Contains("error ZF1165: this data has no test images that are held out", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Run("evaluate", "--spec=Fashion", "--run=shipped", "--split=test"));
        Assert.Contains("error ZF1165: the test images of this data set are its validation images, which choose the epoch", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ARunKeepsItsHoldoutAndIsLookedAtWithTheSameSplit()
    {
        Write("train", 10);
        Write("val", 4);
        Assert.True(Train("--holdout=0.3") == 0, errors.ToString());
        var record = RunRecord.Read(Path.Combine(artifacts.Path, "Fashion", "default", "run.json"));
        Assert.Equal(("0.3", 0.3), (record.Setting("holdout"), record.Holdout));

        foreach (var named in (string[][])[[], [$"--data={images.Path}"], [$"--data={images.Path}/"]])
        {
            output.GetStringBuilder().Clear();
            Assert.True(Evaluate("validation", named) == 0, errors.ToString());
            Assert.Contains("accuracy on 9 images (validation): ", output.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("these are other images", output.ToString(), StringComparison.Ordinal);
            Assert.True(Evaluate("test", named) == 0, errors.ToString());
            Assert.Contains("accuracy on 12 images (test): ", output.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(1, Train("--holdout=1"));
        Assert.Contains("error ZF1003: -p:Holdout=1: allowed is a number > 0 and < 1", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void PublishedTestImagesThatChooseTheEpochAreSaidToDoSo()
    {
        using var folder = IdxFixture.Create();
        Assert.True(Run("train", "--spec=Fashion", $"--data={folder.Path}", "--epochs=1", "--batch=16") == 0, errors.ToString());
        Assert.Contains("these are the test images of the data set, which also chose the epoch", output.ToString(), StringComparison.Ordinal);
        output.GetStringBuilder().Clear();
        Assert.True(Run("train", "--spec=Fashion", $"--data={folder.Path}", "--epochs=1", "--batch=16", "--holdout=0.4") == 0, errors.ToString());
        Assert.DoesNotContain("which also chose the epoch", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("measure it once on the 20 test images that are held out", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ASweepHoldsOutAsItsTrainingsDo()
    {
        Write("train", 10);
        Write("val", 4);
        Assert.True(Run("sweep", "--spec=Fashion", $"--data={images.Path}", "--epochs=1", "--batch=16", "--holdout=0.3", "--sweep=momentum=0.5|0.9") == 0, errors.ToString());
        var runs = Directory.GetDirectories(Path.Combine(artifacts.Path, "Fashion"));
        Assert.Equal(2, runs.Length);
        Assert.All(runs, run => Assert.Equal(0.3, RunRecord.Read(Path.Combine(run, "run.json")).Holdout));
    }

    private void Write(string part, int count)
    {
        foreach (var name in (string[])["cat", "dog", "fish"])
        {
            for (var i = 0; i < count; i++)
                File.WriteAllBytes(images[$"{part}/{name}/{i}.png"], Pictures.Png(28, 28, Pictures.Noise));
        }
    }

    private int Train(params string[] more) => Run("train", ["--spec=Fashion", $"--data={images.Path}", "--epochs=1", "--batch=16", .. more]);

    private int Evaluate(string split, params string[] more) => Run("evaluate", ["--spec=Fashion", $"--split={split}", .. more]);

    private string Evaluation(string file) => Path.Combine(artifacts.Path, "Fashion", "default", "evaluate", file);
}
