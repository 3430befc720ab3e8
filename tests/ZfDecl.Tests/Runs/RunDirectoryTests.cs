using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Tests.Files;
using ZfDecl.Tests.Training;

namespace ZfDecl.Tests.Runs;

public sealed class RunDirectoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ListeningLog log = new();

    public void Dispose() => folder.Dispose();

    private RunDirectory Open(string run = "default") => RunDirectory.OpenForTraining(folder["artifacts"], "Small", run, log);

    [Fact]
    public void WhatAFinishedRunLeftIsReadBack()
    {
        using var data = SmallData.Create();
        using var network = new SmallNet();
        var statistics = SmallData.Statistics(data);
        var epoch = new EpochMetrics(1, 0.05, 1.1, 0.6, 1.0, 0.5, 0, 1000, 2);
        string path;
        using (var run = Open())
        {
            path = run.Path;
            run.Begin(SmallNet.Declaration, statistics, RunRecord.Begin(SmallNet.Declaration, data, 7, [new("Epochs", "1", "-p:")], "dotnet msbuild -t:Train"));
            run.SaveWeights(network);
            run.SaveMetrics([epoch], [new(1, "conv1", 0.25, 3)]);
            run.SaveResult(new() { Best = epoch, Final = epoch, Stopped = false, Seconds = 2, ImagesPerSecond = 1000 }, finished: true);
        }

        var finished = RunDirectory.OpenFinished(path);

        Assert.Equal(Path.Combine(folder["artifacts"], "Small", "default"), path);
        Assert.Equal(statistics.Mean, finished.Statistics.Mean);
        Assert.Equal(statistics.ChannelMean, finished.Statistics.ChannelMean);
        Assert.Equal(statistics.ChannelDeviation, finished.Statistics.ChannelDeviation);
        var record = finished.Record;
        Assert.Equal(("Small", SmallNet.Declaration.SpecHash, 7, data.Hash), (record.Spec, record.SpecHash, record.Seed, record.DataHash));
        Assert.Equal([new("Epochs", "1", "-p:")], record.Settings);
        Assert.Equal(data.Train.Classes, record.Classes);
        Assert.Equal(epoch, record.Result!.Best);
        Assert.NotNull(record.Finished);
        Assert.StartsWith("0.107", record.Versions.TorchSharp, StringComparison.Ordinal);
        Assert.Equal(SmallNet.Declaration.ResolvedSpec, File.ReadAllText(Path.Combine(path, "spec.yaml")));
        Assert.Equal(
            "epoch,learning_rate,train_loss,train_error,val_loss,val_top1_error,val_top5_error,images_per_second,seconds\n1,0.05,1.1,0.6,1,0.5,0,1000,2\n",
            string.Concat(Seals.Lines(Path.Combine(path, "metrics.csv")).Select(line => line + "\n")));
        Assert.Equal("epoch,layer,largest_filter_rms,dead_maps\n1,conv1,0.25,3\n", File.ReadAllText(Path.Combine(path, "layers.csv")));
        Assert.Contains("\"val_top1_error\": 0.5", File.ReadAllText(Path.Combine(path, "run.json")), StringComparison.Ordinal);

        using var loaded = finished.LoadNetwork(new NetworkEntry(SmallNet.Declaration with { SpecHash = "other" }, classes => new SmallNet(classes)), log);
        Assert.Equal(network.fc2.weight.bytes.ToArray(), ((SmallNet)loaded).fc2.weight.bytes.ToArray());
        Assert.False(loaded.training);
        Assert.StartsWith("ZF1209: the spec of 'Small' has changed", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void AnEarlierRunWithResultsIsRenamedAsideAndNeverDestroyed()
    {
        using var network = new SmallNet();
        for (var i = 0; i < 3; i++)
        {
            using var run = Open();
            Assert.False(File.Exists(run.WeightsPath));
            run.SaveWeights(network);
            File.WriteAllText(Path.Combine(run.Path, "mark"), $"{i}");
        }

        var runs = Path.Combine(folder["artifacts"], "Small");
        Assert.Equal("0", File.ReadAllText(Path.Combine(runs, "default.1", "mark")));
        Assert.Equal("1", File.ReadAllText(Path.Combine(runs, "default.2", "mark")));
        Assert.Equal("2", File.ReadAllText(Path.Combine(runs, "default", "mark")));
        Assert.Equal([$"the earlier run 'default' is kept as {Path.Combine(runs, "default.1")}", $"the earlier run 'default' is kept as {Path.Combine(runs, "default.2")}"], log.Lines);
    }

    [Fact]
    public void ARunThatEndedBeforeItsFirstResultIsTakenOver()
    {
        using var data = SmallData.Create();
        using (var run = Open())
            run.Begin(SmallNet.Declaration, SmallData.Statistics(data), RunRecord.Begin(SmallNet.Declaration, data, 7, [], ""));
        using (Open())
            Assert.Empty(log.Lines);
    }

    [Fact]
    public void OnlyOneAtATimeCanTrainARun()
    {
        using (Open())
        {
            var error = Assert.Throws<ZfDeclException>(() => Open());
            Assert.Equal("ZF1205", error.Code);
            Assert.Contains("another process is writing", error.Message, StringComparison.Ordinal);
            using (Open("other"))
            {
            }
        }
        using (Open())
        {
        }
    }

    [Fact]
    public void ALockFileThatADeadProcessLeftBlocksNobody()
    {
        Directory.CreateDirectory(folder["artifacts/Small"]);
        File.WriteAllText(folder["artifacts/Small/.default.lock"], "");

        using var run = Open();
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("../a")]
    [InlineData("a..b")]
    [InlineData(".hidden")]
    [InlineData("end.")]
    [InlineData("two words")]
    [InlineData("nul\0")]
    public void ANameThatIsNoFolderNameIsRefused(string name)
    {
        Assert.Equal("ZF1206", Assert.Throws<ZfDeclException>(() => Open(name)).Code);
        Assert.Equal("ZF1206", Assert.Throws<ZfDeclException>(() => RunDirectory.PathOf(folder["artifacts"], name, "default")).Code);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsNamed()
    {
        File.WriteAllText(folder["artifacts"], "a file where the folder should be");

        var error = Assert.Throws<ZfDeclException>(() => Open());

        Assert.Equal("ZF1204", error.Code);
        Assert.Contains(folder["artifacts"], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunThatIsNotThereNamesTheCommandThatMakesIt()
    {
        var error = Assert.Throws<ZfDeclException>(() => RunDirectory.OpenFinished(folder["Small/first"]));

        Assert.Equal("ZF1207", error.Code);
        Assert.EndsWith("It is made by: `train spec=Small run=first`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunThatAnotherNetworkHasIsNamedThere()
    {
        File.WriteAllText(folder["Pictures/first/weights.safetensors"], "");
        Directory.CreateDirectory(folder["Zf8/first"]);         // has no weights
        var error = Assert.Throws<ZfDeclException>(() => RunDirectory.OpenFinished(folder["Small/first"]));
        Assert.EndsWith("; there is one of Pictures: `spec=Pictures`. It is made by: `train spec=Small run=first`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunNamesAllPartsItLacks()
    {
        using var network = new SmallNet();
        using var run = Open();
        run.SaveWeights(network);

        var error = Assert.Throws<ZfDeclException>(() => RunDirectory.OpenFinished(run.Path));

        Assert.Contains("lacks run.json, input.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"spec":3}""")]
    public void ARecordThatIsNoneIsRefused(string json)
    {
        File.WriteAllText(folder["run.json"], json);

        var error = Assert.Throws<ZfDeclException>(() => RunRecord.Read(folder["run.json"]));

        Assert.Equal((json.Length == 0 ? "ZF1220" : "ZF1208", folder["run.json"]), (error.Code, error.File));
    }

    [Fact]
    public void StatisticsThatLackATensorAreRefused()
    {
        using var data = SmallData.Create();
        using var network = new SmallNet();
        using var run = Open();
        run.Begin(SmallNet.Declaration, SmallData.Statistics(data), RunRecord.Begin(SmallNet.Declaration, data, 7, [], ""));
        run.SaveWeights(network);
        File.Copy(run.WeightsPath, Path.Combine(run.Path, "input.safetensors"), overwrite: true);

        Assert.Contains("has no tensor 'mean'", Assert.Throws<ZfDeclException>(() => RunDirectory.OpenFinished(run.Path)).Message, StringComparison.Ordinal);
    }
}
