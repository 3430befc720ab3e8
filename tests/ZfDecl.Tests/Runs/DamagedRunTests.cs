using ZfDecl.Analyses.Correspond;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Studies;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Report;
using ZfDecl.Report.Contents;
using ZfDecl.Runs;
using ZfDecl.Tests.Data;
using ZfDecl.Tests.Reporting;
using ZfDecl.Tests.Training;

namespace ZfDecl.Tests.Runs;

/// <summary>Every kind of file of a run, damaged in ways that a seed decides: it is read all the same, or refused with a code, and nothing else happens.</summary>
[Collection(Alone.Name)]
public sealed class DamagedRunTests : IDisposable
{
    private const int Damages = 60, Resumptions = 9, AdvancesAnEpoch = 12;

    private readonly SmallTraining training = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        training.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("run.json")]
    [InlineData("input.safetensors")]
    [InlineData("weights.safetensors")]
    public void AFileOfAFinishedRun(string name)
    {
        training.Train("run", SmallTraining.Recipe with { Epochs = 1 });
        var entry = new NetworkEntry(SmallNet.Declaration, classes => new SmallNet(classes));
        Each(training.PathOf("run", name), () => RunDirectory.OpenFinished(training.PathOf("run")).LoadNetwork(entry, new SilentLog()).Dispose());
    }

    [Theory]
    [InlineData("run.json")]
    [InlineData("spec.yaml")]
    [InlineData("network.json")]
    [InlineData("input.safetensors")]
    [InlineData("weights.safetensors")]
    [InlineData("metrics.csv")]
    [InlineData("layers.csv")]
    [InlineData("tensorboard/events.out.tfevents.zfdecl")]
    [InlineData("checkpoints/state-0001-00000000.json")]
    [InlineData("checkpoints/state-0001-00000000.safetensors")]
    [InlineData("checkpoints/state-0001-00000003.json")]
    [InlineData("checkpoints/state-0001-00000003.safetensors")]
    public void AFileOfAnUnfinishedRun(string name)
    {
        var recipe = SmallTraining.Recipe with { Epochs = 2 };
        training.Train("whole", recipe);
        training.TrainAndStop("stopped", AdvancesAnEpoch + 3, recipe);
        var whole = File.ReadAllBytes(training.PathOf("stopped", name));
        for (var seed = 0; seed < Resumptions; seed++)
        {
            training.Copy("stopped", $"run{seed}");
            File.WriteAllBytes(training.PathOf($"run{seed}", name), Damage.Of(whole, seed));
            if (Refused(() => training.Train($"run{seed}", recipe)) is { } refusal)
                Assert.True(refusal.Code is "ZF1208" or "ZF1220" or "ZF1211" or "ZF1212", $"{seed}: {refusal.Code} {refusal.Message}");
            else
                Assert.Equal(training.Weights("whole"), training.Weights($"run{seed}"));
        }
    }

    [Theory]
    [InlineData("run.json")]
    [InlineData("network.json")]
    [InlineData("metrics.csv")]
    [InlineData("visualize/conv1/sprites/index.json")]
    [InlineData("occlude/1/occlusion.json")]
    [InlineData("invariance/section.json")]
    [InlineData("invariance/distances.csv")]
    public void AFileOfAReport(string name)
    {
        var run = Path.Combine(folder.Path, "run");
        new SyntheticRun(Fashion.Declaration, run).Trained(3).Visualized(["conv1"], mostMaps: 3).Analysed();
        var path = Path.Combine(run, name);
        var whole = File.ReadAllBytes(path);
        for (var seed = 0; seed < Damages / 3; seed++)
        {
            File.WriteAllBytes(path, Damage.Of(whole, seed));
            var log = new CapturedLog();
            RunReport.Write(ReportRun.Read("Fashion", "run", run, null, log), null, Path.Combine(run, "report"), log);
            Assert.All(log.Warnings, warning => Assert.StartsWith("ZF1", warning.Code, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void AStudy()
    {
        var catalog = new NetworkCatalog(DeclaredNetworks.All);
        foreach (var file in Directory.GetFiles(Repository.PathOf("specs", "studies"), "*.yaml"))
        {
            var whole = File.ReadAllBytes(file);
            for (var seed = 0; seed < Damages; seed++)
            {
                File.WriteAllBytes(folder["study.yaml"], Damage.Of(whole, seed));
                var (study, errors) = StudyFile.Read(folder["study.yaml"], catalog);
                Assert.True(study is null == errors.Count > 0);
                Assert.All(errors, error => Assert.True(error.Code is "ZF1144" or "ZF1470" or "ZF1471", error.Code));
            }
        }
    }

    [Fact]
    public void AListOfParts()
    {
        var path = folder["parts.csv"];
        File.WriteAllText(path, "image,part,x,y,w,h\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},\"left, eye\",{i},2,8,{i + 1}\n")));
        var whole = File.ReadAllBytes(path);
        for (var seed = 0; seed < Damages; seed++)
        {
            File.WriteAllBytes(path, Damage.Of(whole, seed));
            if (new FileInfo(path).Length == 0)
                Assert.Equal("ZF1144", Assert.Throws<ZfDeclException>(() => PartsFile.Read(path)).Code);
            else
                Assert.InRange(PartsFile.Read(path) is var file ? file.Boxes.Count + file.Problems.Count : 0, 1, 40);
        }
    }

    /// <summary>Damages a file again and again, and reads it each time.</summary>
    private static void Each(string path, Action read)
    {
        var whole = File.ReadAllBytes(path);
        var refused = 0;
        for (var seed = 0; seed < Damages; seed++)
        {
            File.WriteAllBytes(path, Damage.Of(whole, seed));
            if (Refused(read) is { } refusal)
            {
                refused++;
                Assert.StartsWith("ZF1", refusal.Code, StringComparison.Ordinal);
            }
        }
        // A third are truncations; most of these are seen.
        Assert.InRange(refused, Damages / 6, Damages);
    }

    private static ZfDeclException? Refused(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (ZfDeclException refusal)
        {
            return refusal;
        }
    }
}
