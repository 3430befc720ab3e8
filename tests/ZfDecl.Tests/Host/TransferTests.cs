using System.Text.Json.Nodes;
using SkiaSharp;
using ZfDecl.Findings;
using ZfDecl.Models;
using ZfDecl.Tests.Files;

namespace ZfDecl.Tests.Host;

/// <summary>Transfer and AnalyzeFeatures through the host, with the shipped weights, on colour pictures in folders that nobody has tidied up.</summary>
[Collection(Alone.Name)]
public sealed class TransferTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public TransferTests()
    {
        var random = new Random(1);
        foreach (var (name, count) in ((string, int)[])[("round", 30), ("edgy things", 30), ("rare", 3)])
        {
            for (var i = 0; i < count; i++)
                Draw(folder["data", name, $"part {i % 3}", $"{i}.png"], name, i == 0 ? 1 : i == 1 ? 1500 : 20 + random.Next(60), random);
        }
        File.WriteAllText(folder["data", "round", "broken.png"], "no picture");
        File.WriteAllBytes(folder["data", "round", "cut.png"], File.ReadAllBytes(folder["data", "round", "part 1", "1.png"])[..^2000]);
    }

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public void TransferRunsThroughAndSaysWhatItLeavesOut()
    {
        Assert.True(Run("transfer", "--per-class=5", "--folds=2", "--scratch=no") == 0, errors.ToString());
        Assert.Contains("broken.png: warning ZF1130: image left out", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("warning ZF1422: 1 of the 3 classes are left out, because they have too few images for 5 to train on and one to test on: rare (3)", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("no image correlates by 0.98 or more with an image of the pre-training", output.ToString(), StringComparison.Ordinal);
        var study = Assert.Single(Directory.GetDirectories(Path.Combine(folder.Path, "artifacts", "Fashion", "shipped", "transfer")));
        Assert.Equal(["accuracy.png", "accuracy.svg", "differences.csv", "overlap.csv", "rows.csv", "rows.json", "section.json", "study.json", "table.csv"],
            Directory.GetFiles(study).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(5, File.ReadAllLines(Path.Combine(study, "rows.csv")).Length);      // a header, and 2 folds with the trained and the untrained network
        Assert.Contains("pretrained features + softmax against untrained features + softmax, 5 a class: ", output.ToString(), StringComparison.Ordinal);

        var warnings = ReportSection.Read(study)!.Warnings;
        Assert.Single(warnings, warning => warning.Contains("broken.png: image left out", StringComparison.Ordinal));
        Assert.Single(warnings, warning => warning.Contains("cut.png: only a part of the image can be decoded", StringComparison.Ordinal));
        Assert.Single(warnings, warning => warning.Contains("too few images", StringComparison.Ordinal) && warning.Contains("rare (3)", StringComparison.Ordinal));

        Assert.Equal(0, Run("transfer", "--per-class=5", "--folds=2", "--scratch=no"));
        // The second time nothing is decoded, and what was said of damaged images is still known.
        Assert.Equal(warnings.Order(), ReportSection.Read(study)!.Warnings.Order());
        Assert.Contains("4 of 4 rows are finished already", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryLayerIsComparedWithBothClassifiers()
    {
        Assert.True(Run("analyze-features", "--per-class=4", "--folds=1", "--layers=pool1+relu4") == 0, errors.ToString());
        Assert.Contains("layer  features  svm, 4 a class  softmax, 4 a class", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OnTheClassesOfItsOwnPretrainingNothingIsLeftToTry()
    {
        Assert.Equal(1, Host("transfer", "--root=" + Repository.Root, "--artifacts=" + folder["artifacts"], "--scratch=no"));
        Assert.Contains("error ZF1421: no row can be filled", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("12000 of 12000 images are left out", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhereTheImagesOfThePretrainingAreGoneItIsNotSaidThatNoneIsAmongThese()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "specs", "weights", "Fashion")))
            File.Copy(file, folder["artifacts", "Fashion", "elsewhere", Path.GetFileName(file)]);
        Seals.Change(folder["artifacts", "Fashion", "elsewhere", "run.json"], record => record["settings"] = new JsonArray(new JsonObject { ["name"] = "Data", ["value"] = "gone", ["origin"] = "property" }));

        Assert.True(Run("transfer", "--run=elsewhere", "--per-class=5", "--folds=1", "--scratch=no") == 0, errors.ToString());

        Assert.Contains("warning ZF1426: the images that 'Fashion' was pretrained on are no longer there", errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("image of the pre-training", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--layer=conv9", "error ZF1424: network 'Fashion' has no layer 'conv9'")]
    [InlineData("--per-class=5+x", "error ZF1003: -p:PerClass=5+x: allowed is a whole number ≥ 1, or several with + between")]
    [InlineData("--per-class=+", "error ZF1003: -p:PerClass=+: allowed is a whole number ≥ 1, or several with + between")]
    [InlineData("--classes=round+square", "error ZF1170: 'square' is no class")]
    [InlineData("--classifier=knn", "error ZF1003: -p:Classifier=knn: allowed is one of softmax, svm")]
    public void BadInputIsNamed(string setting, string error)
    {
        Assert.Equal(1, Run("transfer", setting));
        Assert.Contains(error, errors.ToString(), StringComparison.Ordinal);
    }

    private int Run(string verb, params string[] settings) =>
        Host(verb, [$"--root={Repository.Root}", $"--artifacts={folder["artifacts"]}", $"--data={Path.Combine(folder.Path, "data")}", .. settings]);

    private int Host(string verb, params string[] settings) => new Cli.Host(DeclaredNetworks.All, output, errors).Run([verb, .. settings]);

    private static void Draw(string path, string name, int side, Random random)
    {
        using var picture = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Premul));
        using (var canvas = new SKCanvas(picture))
        {
            canvas.Clear(SKColors.Transparent);
            using var paint = new SKPaint { Color = new((byte)random.Next(256), (byte)random.Next(200), 90) };
            if (name == "round")
                canvas.DrawCircle(side / 2f, side / 2f, side * (0.2f + 0.2f * random.NextSingle()), paint);
            else
                canvas.DrawRect(side * 0.1f * random.NextSingle(), side / 4f, side * 0.8f, side * 0.3f, paint);
        }
        using var file = File.Create(path);
        picture.Encode(file, SKEncodedImageFormat.Png, 100);
    }
}
