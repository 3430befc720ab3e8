using ZfDecl.Models;
using ZfDecl.Runs;

namespace ZfDecl.Tests.Host;

/// <summary>Runs that commit 62c5ddf left, before records had a format or a seal, stay readable by every verb.</summary>
[Collection(Alone.Name)]
public sealed class EarlierRunsTests : IDisposable
{
    private const string Spec = "FashionKrizhevskyWithout3467";

    private static readonly string Kept = Repository.PathOf("tests", "ZfDecl.Tests", "Fixtures", "EarlierRuns");

    private readonly TemporaryFolder root = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public EarlierRunsTests()
    {
        Copy(Path.Combine(Kept, "images"), root["images"]);
        Copy(Path.Combine(Kept, "finished"), Finished());
        Copy(Path.Combine(Kept, "stopped"), root[$"artifacts/{Spec}/stopped"]);
        Directory.CreateDirectory(Finished("checkpoints"));
        File.Copy(Finished("weights.safetensors"), Finished("checkpoints/epoch-0001.safetensors"));
        File.WriteAllText(root["parts.csv"], "image,part,x,y,w,h\n0,top,8,0,9,6\n1,top,8,0,9,6\n");
    }

    public void Dispose()
    {
        root.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    [Theory]
    [InlineData("evaluate")]
    [InlineData("visualize --layers=conv1 --maps=2 --top=1")]
    [InlineData("visualize --layers=conv1 --maps=1+3 --top=2 --shard=1/1")]
    [InlineData("merge-shards --layers=conv1 --maps=1+3 --top=2")]
    [InlineData("evolve --layers=conv1 --maps=1")]
    [InlineData("invariance --images=1")]
    [InlineData("diagnose")]
    [InlineData("project --image=1")]
    [InlineData("occlude --image=0 --size=14 --stride=14")]
    [InlineData("trust --images=2")]
    [InlineData("report")]
    [InlineData("report --against=finished")]
    [InlineData("transfer --per-class=1 --folds=1 --scratch=no --overlap=1 --classes=0-3")]
    [InlineData("analyze-features --per-class=1 --folds=1 --overlap=1 --classes=0-3 --layers=pool5")]
    public void AVerbReadsIt(string command) => Run(0, $"{command} --run=finished");

    [Fact]
    public void PartsAreComparedAndPicturesApproved()
    {
        Run(0, $"correspond --parts={root["parts.csv"]} --run=finished");
        Run(1, "snapshot-test --render=no --run=finished");
        Assert.Contains("ZF1502", errors.ToString(), StringComparison.Ordinal);         // there is no approved picture yet
        Run(0, "approve --run=finished");
    }

    [Fact]
    public void TheFilesWithoutASealAreSaidOnce()
    {
        Run(0, "evaluate --run=finished");
        Assert.Single(output.ToString().Split('\n'), line => line.Contains("carry no seal", StringComparison.Ordinal));
        Assert.DoesNotContain("warning", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnfinishedRunGoesOnFromItsCheckpoint()
    {
        Run(0, "train --run=stopped --epochs=2 --batch=1");
        Assert.Contains("going on in epoch 1 of 2, after 40 of its 40 steps", output.ToString(), StringComparison.Ordinal);
        Assert.NotNull(RunRecord.Read(root[$"artifacts/{Spec}/stopped/run.json"]).Finished);
        Assert.Empty(UnsealedFiles.In(root[$"artifacts/{Spec}/stopped"]));
    }

    [Fact]
    public void AFinishedRunStaysAndItsMissingCurvesAreDrawn()
    {
        var weights = File.ReadAllBytes(Finished("weights.safetensors"));
        Run(0, "train --run=finished --epochs=1 --batch=16");
        Assert.Contains("its curves have been drawn from metrics.csv", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(weights, File.ReadAllBytes(Finished("weights.safetensors")));
        Assert.True(File.Exists(Finished("curves.png")));
    }

    private void Run(int expected, string command)
    {
        var code = new Cli.Host(DeclaredNetworks.All, output, errors).Run([.. command.Split(' '), $"--root={root.Path}", $"--spec={Spec}", $"--data={root["images"]}", "--threads=1"]);
        Assert.True(code == expected, $"{output}{errors}");
        Assert.DoesNotContain("ZF1000", errors.ToString(), StringComparison.Ordinal);
    }

    private string Finished(string file = "") => Path.Combine(root[$"artifacts/{Spec}/finished"], file);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
