using System.Globalization;
using SkiaSharp;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Runs;
using ZfDecl.Tests.Files;

using static TorchSharp.torch;

namespace ZfDecl.Tests.Host;

/// <summary>
/// The shipped network on folders whose classes are not its own: of the embedded validation images, some under their names, <c>sandal</c> in lower case, and some
/// under a name that it was not trained on.
/// </summary>
[Collection(Alone.Name)]
public sealed class RunClassesTests : ShippedNetworks
{
    private const int Each = 3;

    private static readonly (string Folder, int Class)[] Mixed = [("Bag", 8), ("Coat", 4), ("Zebra", 1), ("sandal", 5)];

    [Fact]
    public void TheProbabilityThatOccludeShowsIsThatOfTheNamedClass()
    {
        var data = Write(Mixed);
        Assert.True(Run("occlude", $"--data={data}", "--split=train", "--stride=14") == 0, errors.ToString());
        AssertSaysWhatIsStrange();
        var folder = Folder("shipped", "occlude");
        Assert.Equal(3, Directory.GetDirectories(folder).Length);                       // none of a zebra
        foreach (var (name, label) in Mixed.Where(one => one.Folder != "Zebra"))
        {
            var probability = Probabilities(FirstOf(data, name))[label];
            var section = File.ReadAllText(Directory.GetDirectories(folder, $"train-{name}-*").Select(one => Path.Combine(one, "section.json")).Single());
            Assert.Contains(FormattableString.Invariant($"the probability of {Names[label]} is {probability:0.###} uncovered"), section, StringComparison.Ordinal);
            Assert.Contains("the true class", section, StringComparison.Ordinal);
        }

        var zebra = FirstOf(data, "Zebra");
        Assert.True(Run("occlude", $"--data={data}", "--split=train", "--stride=14", $"--image=train/Zebra/{Path.GetFileName(zebra)}") == 0, errors.ToString());
        var predicted = Names[Probabilities(zebra).Index().MaxBy(one => one.Item).Index];
        Assert.Contains($"is of class 'Zebra', which the run does not know, and the predicted one, {predicted}, is watched", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsInAnotherPartOfTheDataHasItsTrueClassAndANamesakeElsewhereHasNone()
    {
        var data = Write(Mixed);
        var coat = FirstOf(data, "Coat");                                                // a training image, where the validation images are looked at
        Assert.True(Run("occlude", $"--data={data}", "--stride=14", $"--image={coat}") == 0, errors.ToString());
        Assert.DoesNotContain("is not among the images", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("the true class", Directory.GetFiles(Folder("shipped", "occlude"), "section.json", SearchOption.AllDirectories).Select(File.ReadAllText).Single(), StringComparison.Ordinal);

        using var elsewhere = new TemporaryFolder();
        File.Copy(FirstOf(data, "Bag"), elsewhere[Path.GetRelativePath(data, coat)]);
        Assert.True(Run("occlude", $"--data={data}", "--stride=14", $"--image={elsewhere[Path.GetRelativePath(data, coat)]}") == 0, errors.ToString());
        Assert.Contains("is not among the images: its true class is not known", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheProbabilityThatInvarianceShowsIsThatOfTheNamedClass()
    {
        var data = Write(Mixed);
        Assert.True(Run("invariance", $"--data={data}", "--split=train", "--images=99") == 0, errors.ToString());
        AssertSaysWhatIsStrange();
        string[][] still = [.. File.ReadLines(Path.Combine(Folder("shipped", "invariance"), "curves.csv")).Where(line => line.Contains("vertical translation,0,", StringComparison.Ordinal)).Select(line => line.Split(','))];
        Assert.Equal(3 * (Each - 1), still.Length);                                     // nobody knows what a zebra would be
        Assert.All(still, row =>
        {
            var (folder, label) = Mixed.Single(one => row[1].Contains($"/{one.Folder}/", StringComparison.Ordinal));
            Assert.Equal(Names[label], row[2]);
            Assert.Equal(Probabilities(Path.Combine(data, row[1]))[label], double.Parse(row[^1], CultureInfo.InvariantCulture), 1e-5);
        });

        Assert.Equal(1, Run("invariance", $"--data={data}", "--split=train", $"--images=train/Zebra/{Path.GetFileName(FirstOf(data, "Zebra"))}"));
        Assert.Contains("error ZF1432: ", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void EvaluateCountsTheImagesOfTheClassesItKnows()
    {
        var data = Write(Mixed);
        Assert.True(Run("evaluate", $"--data={data}", "--split=all") == 0, errors.ToString());
        AssertSaysWhatIsStrange();
        string[][] rows = [.. File.ReadLines(Path.Combine(Folder("shipped", "evaluate"), "predictions.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(3 * Each, rows.Length);
        Assert.All(rows, row =>
        {
            var (folder, label) = Mixed.Single(one => row[1].Contains($"/{one.Folder}/", StringComparison.Ordinal));
            var probabilities = Probabilities(Path.Combine(data, row[1]));
            Assert.Equal(Names[label], row[2]);
            Assert.Equal(Names[probabilities.Index().MaxBy(one => one.Item).Index], row[3]);
            Assert.Equal(probabilities[label], double.Parse(row[5], CultureInfo.InvariantCulture), 1e-5);
        });
    }

    [Fact]
    public void AUnitsImageHasTheNameOfItsOwnClass()
    {
        var data = Write(Mixed);
        Assert.True(Run("visualize", $"--data={data}", "--split=train", "--layers=conv1", "--maps=0+1", "--top=8") == 0, errors.ToString());
        AssertSaysWhatIsStrange();
        string[][] rows = [.. File.ReadLines(Path.Combine(Folder("shipped", "visualize"), "conv1", "units.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Contains(rows, row => row[5] == "Zebra");
        Assert.Contains(rows, row => row[5] == "Sandal");
        Assert.All(rows, row => Assert.Equal(row[4].Split('/')[1], row[5], ignoreCase: true));
    }

    [Theory]
    [InlineData("occlude")]
    [InlineData("invariance")]
    [InlineData("evaluate")]
    [InlineData("visualize")]
    [InlineData("project", "--image=0")]
    [InlineData("trust")]
    [InlineData("evaluate", "--runs=shipped+Fashion/shipped")]
    public void WhereNoClassFitsTheVerbSaysSo(string verb, params string[] settings)
    {
        Assert.Equal(1, Run(verb, [$"--data={Write(("Zebra", 1), ("Horse", 2))}", "--split=train", .. settings]));
        Assert.Contains("error ZF1480: run 'shipped' of Fashion knows none of the classes of these images: it was trained on 'T-shirt/top', 'Trouser', ", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatShowsNoClassTakesAnyImages()
    {
        Assert.True(Run("diagnose", $"--data={Write(("Zebra", 1), ("Horse", 2))}", "--split=train") == 0, errors.ToString());
        Assert.DoesNotContain("ZF148", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnUntrainedNetworkHasTheClassesOfItsImages()
    {
        Assert.True(Run("occlude", "--spec=Fashion", "--run=untrained", $"--data={Write(("Zebra", 1), ("Horse", 2))}", "--split=train", "--stride=14") == 0, errors.ToString());
        Assert.Contains("the probability of Zebra is ", File.ReadAllText(Path.Combine(Directory.GetDirectories(Folder("untrained", "occlude"), "train-Zebra-*").Single(), "section.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void TransferKeepsTheClassesOfItsImagesAndSaysWhichTheNetworkHad()
    {
        var data = Write(Mixed);
        Assert.True(Run("transfer", $"--data={data}", "--per-class=1", "--folds=1", "--scratch=no", "--overlap=2", "--layer=relu4") == 0, errors.ToString());
        Assert.Contains("3 of these 4 classes the network was itself pretrained on (Bag, Coat, sandal)", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ZF148", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FilesWithoutNamesAreTakenInTheRunsOrder()
    {
        var folder = artifacts["unnamed"];
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Repository.PathOf("specs", "data", "fashion-mnist"), "*.gz"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        Assert.True(Run("evaluate", $"--data={folder}") == 0, errors.ToString());
        Assert.Contains("they are taken in the same order, 'T-shirt/top', 'Trouser'", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("accuracy on 2,000 images (validation): 90.45 % right", output.ToString(), StringComparison.Ordinal);       // the README's
    }

    [Fact]
    public void ARunOfSomeShapesIsAskedForTheseAmongAll()
    {
        string[] three = ["star", "ring", "cross"];
        string[] run = ["--spec=Fashion", "--run=three", "--data=shapes", "--threads=1"];
        Assert.True(Run("train", [.. run, $"--classes={string.Join('+', three)}", "--epochs=1"]) == 0, errors.ToString());
        var record = RunRecord.Read(Path.Combine(artifacts.Path, "Fashion", "three", "run.json"));

        // Without a word on data or classes it is its own images again.
        Assert.True(Run("evaluate", "--spec=Fashion", "--run=three") == 0, errors.ToString());
        Assert.DoesNotContain("other images than the run was trained on", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("accuracy on 600 images (validation)", output.ToString(), StringComparison.Ordinal);

        Assert.True(Run("trust", [.. run, "--images=6", "--layer=conv3", "--stride=14"]) == 0, errors.ToString());
        Assert.Contains("warning ZF1481: run 'three' of Fashion was not trained on 7 of the 10 classes of these images: ", errors.ToString(), StringComparison.Ordinal);
        using var shapes = ShapesImageSet.Open(new(1, 28, 28));
        string[][] hits = [.. File.ReadLines(Path.Combine(Folder("three", "trust"), "occlusion.csv")).Select(line => line.Split(','))];
        Assert.Equal(("image", "clean_probability"), (hits[0][0], hits[0][^1]));
        Assert.Equal(6, hits.Length - 1);
        Assert.All(hits.Skip(1), hit =>
        {
            var index = int.Parse(hit[0], CultureInfo.InvariantCulture);
            var pixels = new byte[28 * 28];
            shapes.Validation.Read(index, pixels);
            var label = record.Classes.Index().Single(one => one.Item == shapes.Validation.ClassOf(index)).Index;
            Assert.Equal(Probabilities(pixels, Path.Combine(artifacts.Path, "Fashion", "three"))[label], double.Parse(hit[^1], CultureInfo.InvariantCulture), 1e-4);
        });

        Assert.True(Run("evolve", [.. run, "--layers=conv1", "--maps=0"]) == 0, errors.ToString());
        Assert.Contains("not trained on 7 of the 10 classes of these images: ", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ARecordThatDoesNotGoWithItsWeightsIsRefused()
    {
        var folder = Path.Combine(artifacts.Path, "Fashion", "odd");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Repository.PathOf("specs", "weights", "Fashion")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var path = Path.Combine(folder, "run.json");
        Seals.Change(path, record => record["classes"]!.AsArray().RemoveAt(1));
        Assert.Equal(1, Run("evaluate", "--run=odd", "--spec=Fashion"));
        Assert.Contains("names 9 classes, but its weights tell 10 apart", errors.ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Names { get; } = Shipped.Record.Classes;

    private static FinishedRun Shipped => RunDirectory.OpenFinished(Repository.PathOf("specs", "weights", "Fashion"));

    private void AssertSaysWhatIsStrange() =>
        Assert.Single(errors.ToString().Split('\n'), line => line.Contains("warning ZF1481: run 'shipped' of Fashion was not trained on 1 of the 4 classes of these images: 'Zebra'.", StringComparison.Ordinal));

    private static string FirstOf(string data, string folder) => Directory.GetFiles(Path.Combine(data, "train", folder)).Order(StringComparer.Ordinal).First();

    /// <summary>A folder with the first images of some classes of the embedded validation images, the last of each to validate with.</summary>
    private string Write(params (string Folder, int Class)[] classes)
    {
        var path = artifacts["data"];
        using var embedded = ImageFolder.Open(Repository.PathOf("specs", "data", "fashion-mnist"), new(new(1, 28, 28), DeclaredForTests.Network("a", "").Info.Recipe.Preprocess, 1, new SilentLog()));
        foreach (var (folder, label) in classes)
        {
            foreach (var (place, image) in Enumerable.Range(0, embedded.Validation.Count).Where(image => embedded.Validation.Label(image) == label).Take(Each).Index())
            {
                var split = place < Each - 1 ? "train" : "val";
                var pixels = new byte[28 * 28];
                embedded.Validation.Read(image, pixels);
                Directory.CreateDirectory(Path.Combine(path, split, folder));
                File.WriteAllBytes(Path.Combine(path, split, folder, $"{image:0000}.png"), Data.Pictures.Png(28, 28, (x, y) => new SKColor(pixels[y * 28 + x], pixels[y * 28 + x], pixels[y * 28 + x])));
            }
        }
        return path;
    }

    /// <summary>What the network says of an image, asked without any of the verbs.</summary>
    private static double[] Probabilities(string file)
    {
        using var picture = SKBitmap.Decode(file);
        return Probabilities([.. Enumerable.Range(0, 28 * 28).Select(pixel => picture.GetPixel(pixel % 28, pixel / 28).Red)], Shipped.Path);
    }

    private static double[] Probabilities(byte[] pixels, string path)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (run, entry) = (RunDirectory.OpenFinished(path), DeclaredNetworks.All.Single(network => network.Info.Name == "Fashion"));
        using var network = run.LoadNetwork(entry, new SilentLog());
        var input = new float[28 * 28];
        new Preprocessor(entry.Info.Input, entry.Info.Input, entry.Info.Recipe.Preprocess, run.Statistics).Evaluation(pixels, input);
        double[] scores = [.. network.call(tensor(input, [1, 1, 28, 28])).data<float>().Select(score => Math.Exp(score))];
        return [.. scores.Select(score => score / scores.Sum())];
    }
}
