using ZfDecl.Cli.Configuration;
using ZfDecl.Runs;
using ZfDecl.Tests.Data;
using ZfDecl.Tests.Files;
using ZfDecl.Training.Logs;

namespace ZfDecl.Tests.Host;

/// <summary>The host as a process of its own, trained on a handful of noisy images, killed at moments that nobody chooses.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private const string AnEpochHasEnded = ": loss ";
    private const int Epochs = 30, Chains = 2, Kills = 10, TrainingImages = 320, ValidationImages = 64, Side = 28;

    private readonly TemporaryFolder root = new();

    public KilledProcessTests()
    {
        foreach (var (split, count) in ((string, int)[])[("train", TrainingImages), ("t10k", ValidationImages)])
        {
            var pixels = new byte[count * Side * Side];
            new Random(count).NextBytes(pixels);
            IdxFixture.Write(root[$"{split}-images-idx3-ubyte"], IdxFixture.Idx(0x803, [count, Side, Side], pixels));
            IdxFixture.Write(root[$"{split}-labels-idx1-ubyte"], IdxFixture.Idx(0x801, [count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]));
        }
    }

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task ARunThatIsKilledAtTwentyRandomMomentsEndsWithTheSameWeightsByteForByte()
    {
        // Two runs side by side, each killed ten times and then left alone, beside one that nobody kills.
        var runs = Enumerable.Range(1, Chains).Select(chain => $"killed{chain}").ToList();
        var whole = Task.Run(() => TrainToTheEnd("whole"));
        var goneOn = await Task.WhenAll(runs.Select(run => Task.Run(() => KillAndGoOn(run))));
        await whole;

        Assert.All(goneOn, count => Assert.InRange(count, Kills / 3, Kills));
        foreach (var run in runs)
        {
            Assert.Equal(Weights("whole"), Weights(run));
            Assert.NotNull(RunRecord.Read(PathOf(run, "run.json")).Finished);
            Assert.Equal(Enumerable.Range(1, Epochs).Select(epoch => $"{epoch}"), Seals.Lines(PathOf(run, "metrics.csv")).Skip(1).Select(row => row.Split(',')[0]));
            Assert.Equal(Enumerable.Range(0, Epochs + 1).Select(step => (long)step), EventFile.Read(PathOf(run, TensorBoardLog.EventsFile)).Select(entry => entry.Step));
        }
    }

    [InterruptFact]
    public void OnSigintTheHostSavesAndLeavesAndTheSameCommandGoesOn()
    {
        using (var stopped = Train("stopped"))
        {
            stopped.WaitFor(AnEpochHasEnded);
            stopped.Interrupt();
            Assert.Equal(ExitCode.Interrupted, stopped.Wait());
        }
        Assert.True(TrainToTheEnd("stopped"));
    }

    /// <returns>How many of the processes had gone on where the one before was killed, the last among them.</returns>
    private int KillAndGoOn(string run)
    {
        var goneOn = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var victim = Train(run);
            // Half of them while they start or go on, half between and in epochs.
            victim.WaitFor(kill % 2 == 0 ? AnEpochHasEnded : "Fashion");
            Thread.Sleep(Random.Shared.Next(200));
            victim.Kill();
            goneOn += HasGoneOn(victim) ? 1 : 0;
        }
        return goneOn + (TrainToTheEnd(run) ? 1 : 0);
    }

    /// <returns>Whether it went on with an earlier run.</returns>
    private bool TrainToTheEnd(string run)
    {
        using var last = Train(run);
        Assert.True(last.Wait() == 0, last.Said);
        return HasGoneOn(last);
    }

    private HostProcess Train(string run) => new(
        "train", $"--root={root.Path}", "--spec=Fashion", $"--data={root.Path}", $"--artifacts={root["artifacts"]}", $"--run={run}", $"--epochs={Epochs}", "--batch=64", "--threads=1");

    private static bool HasGoneOn(HostProcess training) => training.Said.Split('\n').Any(line => line.StartsWith("going on ", StringComparison.Ordinal));

    private string PathOf(string run, string file) => root[$"artifacts/Fashion/{run}/{file}"];

    private byte[] Weights(string run) => File.ReadAllBytes(PathOf(run, "weights.safetensors"));
}
