using SkiaSharp;
using ZfDecl.Models;
using ZfDecl.Runs;

namespace ZfDecl.Tests.Host;

/// <summary>The weights that come with the repository, through the verbs that a user calls.</summary>
[Collection(Alone.Name)]
public sealed class ShippedRunTests : IDisposable
{
    private readonly TemporaryFolder artifacts = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public void Dispose()
    {
        artifacts.Dispose();
        output.Dispose();
        errors.Dispose();
    }

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

    private int Run(string verb, params string[] settings) => Host(verb, [$"--root={Repository.Root}", $"--artifacts={artifacts.Path}", .. settings]);

    private int Host(string verb, string[] settings) => new Cli.Host(DeclaredNetworks.All, output, errors).Run([verb, .. settings]);

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
