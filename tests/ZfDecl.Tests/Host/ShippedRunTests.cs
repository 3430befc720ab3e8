using System.Text.Json;
using SkiaSharp;
using ZfDecl.Models;
using ZfDecl.Runs;
using ZfDecl.Tests.Files;

namespace ZfDecl.Tests.Host;

/// <summary>The weights that come with the repository, through the verbs that a user calls.</summary>
[Collection(Alone.Name)]
public sealed class ShippedRunTests : ShippedNetworks
{
    [Fact]
    public void TheShippedWeightsBelongToTheSpecAsItIs()
    {
        var run = RunDirectory.OpenFinished(Repository.PathOf("specs", "weights", "Fashion"));
        Assert.Equal(Fashion.Declaration.SpecHash, run.Record.SpecHash);
        Assert.Equal(Fashion.Declaration.ResolvedSpec, File.ReadAllText(Repository.PathOf("specs", "weights", "Fashion", "spec.yaml")));
    }

    [Fact]
    public void TheirPicturesAreTheApprovedOnes()
    {
        Assert.True(Run("snapshot-test") == 0, errors.ToString());
        Assert.Contains("3 of 3 pictures are as approved", output.ToString(), StringComparison.Ordinal);
        Assert.Equal("", errors.ToString());
    }

    [Fact]
    public void EvaluatingThemAgreesWithTheRecordOfTheirTraining()
    {
        Assert.True(Run("evaluate") == 0, errors.ToString());

        var best = RunDirectory.OpenFinished(Repository.PathOf("specs", "weights", "Fashion")).Record.Result!.Best!;
        using var summary = JsonDocument.Parse(File.ReadAllText(EvaluatedFile("summary.json")));
        Assert.Equal(best.ValTop1Error, summary.RootElement.GetProperty("top1_error").GetDouble(), 1e-9);
        Assert.Equal(best.ValTop5Error, summary.RootElement.GetProperty("top5_error").GetDouble(), 1e-9);
        Assert.Equal(best.ValLoss, summary.RootElement.GetProperty("loss").GetDouble(), 1e-5);
        Assert.Contains(FormattableString.Invariant($"accuracy on 2,000 images (validation): {1 - best.ValTop1Error:P2} right"), output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2001, File.ReadLines(EvaluatedFile("predictions.csv")).Count());
        Assert.Equal(11, Seals.Lines(EvaluatedFile("classes.csv")).Length);
    }

    [Fact]
    public void TenCropsOfImagesWithoutRoomAreTwoAndItIsSaid()
    {
        Assert.True(Run("evaluate", "--crops=10") == 0, errors.ToString());

        Assert.Contains("there is nothing to crop: each image and its mirror image are averaged", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"crops\": 2,", File.ReadAllText(EvaluatedFile("summary.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--crops=5", "-p:Crops=5: allowed is one of 1, 10")]
    [InlineData("--split=tset", "-p:Split=tset: allowed is one of validation, train, test, all; did you mean 'test'?")]
    [InlineData("--batch=0", "-p:Batch=0: allowed is a whole number from 1 to 65,536")]
    public void AValueThatEvaluateDoesNotKnowIsRefused(string setting, string message)
    {
        Assert.Equal(1, Run("evaluate", setting));
        Assert.Contains($"error ZF1003: {message}", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ADifferenceIsNamedDrawnAndApprovedInOneCommand()
    {
        var root = Path.Combine(artifacts.Path, "root");
        CopyFolder(Repository.PathOf("specs", "weights", "Fashion"), Path.Combine(root, "specs", "weights", "Fashion"));
        var approved = Path.Combine(root, "specs", "snapshots", "Fashion", "shipped");
        Directory.CreateDirectory(approved);
        using (var other = new SKBitmap(40, 30))
        using (var png = File.Create(Path.Combine(approved, "conv1.verified.png")))
            other.Encode(png, SKEncodedImageFormat.Png, 100);

        string[] settings = [$"--root={root}", $"--data={Repository.PathOf("specs", "data", "fashion-mnist")}", $"--artifacts={artifacts.Path}", "--layers=conv1+relu1"];
        Assert.Equal(1, Host("snapshot-test", settings));
        Assert.Contains("conv1.received.png: error ZF1503: conv1: ", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("relu1.received.png: error ZF1502: relu1: there is no approved picture yet", errors.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(approved, "conv1.received.png")));

        Assert.Equal(0, Host("approve", settings));
        Assert.Equal(["conv1.verified.png", "relu1.verified.png"], Directory.GetFiles(approved).Select(Path.GetFileName).Order());
        Assert.Equal(0, Host("snapshot-test", settings));
    }

    [Fact]
    public void ANetworkIsLookedAtUntrainedAndThatNameIsForNoTraining()
    {
        Assert.True(Run("visualize", "--run=untrained", "--layers=conv1") == 0, errors.ToString());
        Assert.True(File.Exists(Path.Combine(artifacts.Path, "Fashion", "untrained", "visualize", "conv1", "sheet.png")));

        Assert.Equal(1, Run("train", "--run=untrained"));
        Assert.Contains("error ZF1206: 'untrained' stands for weights as they are before any training", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ADividedSearchIsJoinedByTheCommandThatEachPartNames()
    {
        Assert.True(Run("visualize", "--layers=conv1+conv2", "--top=2", "--shard=1/2") == 0, errors.ToString());
        Assert.Contains($"when all 2 are there: dotnet msbuild -t:MergeShards -p:Artifacts={artifacts.Path} -p:Layers=conv1+conv2 -p:Top=2", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Run("merge-shards", "--layers=conv1+conv2", "--top=2"));
        Assert.Contains("of 2 shards 2 are missing", errors.ToString(), StringComparison.Ordinal);
        Assert.True(Run("visualize", "--layers=conv1+conv2", "--top=2", "--shard=2/2") == 0, errors.ToString());
        Assert.True(Run("merge-shards", "--layers=conv1+conv2", "--top=2") == 0, errors.ToString());
    }

    [Fact]
    public void AnImageIsOccludedAndAMissingOneIsNamed()
    {
        Assert.True(Run("occlude", "--image=7", "--size=8", "--stride=10") == 0, errors.ToString());
        var occluded = Assert.Single(Directory.GetDirectories(Path.Combine(artifacts.Path, "Fashion", "shipped", "occlude")));
        Assert.True(File.Exists(Path.Combine(occluded, "occlusion.png")) && File.Exists(Path.Combine(occluded, "occlusion.json")));

        Assert.Equal(1, Run("occlude", "--image=nobody"));
        Assert.Contains("error ZF1431: -p:Image=nobody: no image is called 'nobody', and there is no such file", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Run("occlude", "--size=29"));
        Assert.Contains("error ZF1003: -p:Size=29: allowed is 1 … 28 on an image of 28×28", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Run("occlude", "--layer=conv9"));
        Assert.Contains("error ZF1003: -p:Layer=conv9: there is no 'conv9'", errors.ToString(), StringComparison.Ordinal);
    }

    private string EvaluatedFile(string name) => Path.Combine(Folder("shipped", "evaluate"), name);

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
