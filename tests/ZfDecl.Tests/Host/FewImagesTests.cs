using System.Globalization;
using ZfDecl.Runs;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Host;

/// <summary>Trainings on a handful of pictures: how long they are, how they are divided, what is said of their figures, and what they begin with.</summary>
[Collection(Alone.Name)]
public sealed class FewImagesTests : ShippedNetworks
{
    private readonly TemporaryFolder images = new();

    public FewImagesTests()
    {
        foreach (var (name, count) in new[] { ("cat", 10), ("dog", 10), ("fish", 4) })
        {
            for (var i = 0; i < count; i++)
                File.WriteAllBytes(images[$"{name}/{i}.png"], Picture(name, i));
        }
    }

    [Fact]
    public void EachFoldIsARunOfItsOwnAndOneTableHasThemAll()
    {
        Assert.True(Train("--folds=2", "--epochs=1") == 0, errors.ToString());
        var rows = File.ReadAllLines(Path.Combine(artifacts.Path, "Fashion", "default-2-folds", "folds.csv")).Select(line => line.Split(',')).ToArray();
        Assert.Equal(["run", "default-fold-1-of-2", "default-fold-2-of-2"], rows.Select(row => row[0]));
        Assert.Equal(24, rows.Skip(1).Sum(row => int.Parse(row[1], CultureInfo.InvariantCulture)));
        var first = Record("default-fold-1-of-2");
        Assert.Equal((12, first.Fold), (first.Result!.Validation!.Images, new(1, 2)));
        Assert.Contains("of the 24 images that validated in one fold each are right", output.ToString(), StringComparison.Ordinal);

        // A run is looked at with the images that validated in it; what is finished is not trained again.
        Assert.True(Run("evaluate", "--spec=Fashion", "--run=default-fold-2-of-2") == 0, errors.ToString());
        Assert.Contains("fold 2 of 2 of each class", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("these are other images", output.ToString(), StringComparison.Ordinal);
        var written = File.GetLastWriteTimeUtc(PathOf("default-fold-2-of-2", "weights.safetensors"));
        Assert.Equal(0, Train("--folds=2", "--epochs=1"));
        Assert.Contains("it is finished already", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(PathOf("default-fold-2-of-2", "weights.safetensors")));
    }

    [Theory]
    [InlineData("--fold=3", "--folds=2", "-p:Fold=3: there are 2 folds")]
    [InlineData("--fold=1", "--holdout=0.2", "of how many folds")]
    public void AFoldThatThereIsNotIsSaid(string one, string other, string message)
    {
        Assert.Equal(1, Train(one, other, "--epochs=1"));
        Assert.Contains(message, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ACopyOfATrainingImageAmongTheValidationImagesIsNamed()
    {
        Assert.True(Train("--epochs=1") == 0, errors.ToString());
        Assert.DoesNotContain("ZF1404", errors.ToString(), StringComparison.Ordinal);
        // Brighter, which changes no correlation: a copy of every cat. Wherever it falls, some validation image has its like among the training images.
        for (var i = 0; i < 10; i++)
            File.WriteAllBytes(images[$"cat/{i}-copy.png"], Picture("cat", i, brighter: 40));
        Assert.True(Train("--epochs=1") == 0, errors.ToString());
        Assert.Matches(@"warning ZF1404: 2 of \d+ validation images are near-duplicates of training images, so the accuracy flatters: cat/\d(-copy)?\.png is like cat/\d(-copy)?\.png \(1\.000\)", errors.ToString());
        Assert.Equal(3, File.ReadAllLines(PathOf("default", "duplicates.csv")).Length);
    }

    [Fact]
    public void ACopyUnderAnotherClassIsSaidToBeOfAnotherClass()
    {
        // Each cat is among the dogs too: whichever of the two validates, no network can be right on both.
        for (var i = 0; i < 10; i++)
            File.Copy(images[$"cat/{i}.png"], images[$"dog/cat-{i}.png"]);
        Assert.True(Train("--epochs=1") == 0, errors.ToString());
        Assert.Matches(@"warning ZF1404: \d of \d validation images are near-duplicates of training images of another class, which no network can tell apart: (cat/\d|dog/cat-\d)\.png is like (dog/cat-\d|cat/\d)\.png \(1\.000\)", errors.ToString());
        Assert.DoesNotContain("flatters", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutANumberOfEpochsThereAreEnoughForAThousandSteps()
    {
        // 21 of the 24 images train, which are 2 steps in batches of 16: the recipe's 28 epochs would be 56 steps. 1,000 would take 500 epochs, and no more than 200 are added.
        Assert.True(Train("--dry-run=yes", "--batch=16") == 0, errors.ToString());
        Assert.Contains("21 images in batches of 16 are 2 steps an epoch, so the 28 epochs of the recipe would be 56 steps only; it trains for 200 epochs, 400 steps, instead (-p:Epochs=28 for those of the recipe)", output.ToString(), StringComparison.Ordinal);
        // In batches of 1, 21 steps: 48 epochs are 1,008.
        Assert.True(Train("--dry-run=yes", "--batch=1") == 0, errors.ToString());
        Assert.Contains("it trains for 48 epochs, 1008 steps", output.ToString(), StringComparison.Ordinal);
        output.GetStringBuilder().Clear();
        Assert.True(Train("--dry-run=yes", "--batch=1", "--epochs=3") == 0, errors.ToString());
        Assert.DoesNotContain("steps, instead", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("3 epochs of 21 steps, 63 steps of", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ADryRunSaysWhatItWouldTakeAndLeavesNoRun()
    {
        Assert.True(Train("--dry-run=yes", "--epochs=4") == 0, errors.ToString());
        Assert.Matches("time: about .+ on this machine", output.ToString());
        Assert.Matches(@"memory: about [\d.]+ [kMG]B", output.ToString());
        Assert.Matches(@"disk: about [\d.]+ [kMG]B, and [\d.]+ [kMG]B more while it trains", output.ToString());
        Assert.False(Directory.Exists(PathOf("default", "")));
        Assert.True(Run("visualize", "--spec=Fashion", "--run=shipped", "--dry-run=yes") == 0, errors.ToString());
        // 32, 64 and 64 maps with nine units each.
        Assert.Contains("2,000 images are searched, then 1,440 units projected", output.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("shipped", "visualize")));
    }

    private int Train(params string[] more) => Run("train", ["--spec=Fashion", $"--data={images.Path}", .. more]);

    private string PathOf(string run, string file) => Path.Combine(artifacts.Path, "Fashion", run, file);

    private RunRecord Record(string run) => RunRecord.Read(PathOf(run, "run.json"));

    private static byte[] Picture(string name, int index, int brighter = 0)
    {
        var random = new Random(name[0] * 1000 + index);
        var pixels = new byte[28 * 28];
        random.NextBytes(pixels);
        return Pictures.Png(28, 28, (x, y) => (byte)(pixels[y * 28 + x] / 2 + brighter) is var grey ? new(grey, grey, grey) : default);
    }
}
