using ZfDecl.Runs;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Host;

/// <summary>The host as a process of its own, trained on a handful of noisy images, killed at moments that nobody chooses.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private const int Epochs = 12, TrainingImages = 320, ValidationImages = 64, Side = 28;

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
    public void TwoProcessesTrainTheSameWeightsByteForByteAlsoWhereOneIsKilledFiveTimes()
    {
        using (var whole = new TrainingProcess(root.Path, Epochs, "whole"))
            Assert.Equal(0, whole.Wait());

        var goneOn = 0;
        for (var kills = 0; kills < 5; kills++)
        {
            using var victim = new TrainingProcess(root.Path, Epochs, "killed");
            victim.WaitForAnEpoch();
            Thread.Sleep(Random.Shared.Next(150));
            victim.Kill();
            goneOn += victim.HasGoneOn ? 1 : 0;
        }
        using (var last = new TrainingProcess(root.Path, Epochs, "killed"))
            Assert.Equal(0, last.Wait());

        Assert.Equal(Weights("whole"), Weights("killed"));
        Assert.InRange(goneOn, 1, 4);
        Assert.NotNull(RunRecord.Read(PathOf("killed", "run.json")).Finished);
        Assert.Equal(Epochs + 1, File.ReadAllLines(PathOf("killed", "metrics.csv")).Length);
    }

    [Fact]
    public void OnSigintTheHostSavesAndLeavesAndTheSameCommandGoesOn()
    {
        if (OperatingSystem.IsWindows())
            return;                                                     // no SIGINT there
        using (var stopped = new TrainingProcess(root.Path, Epochs, "stopped"))
        {
            stopped.WaitForAnEpoch();
            stopped.Interrupt();
            Assert.Equal(Cli.Host.Interrupted, stopped.Wait());
        }
        using var second = new TrainingProcess(root.Path, Epochs, "stopped");
        Assert.Equal(0, second.Wait());
        Assert.True(second.HasGoneOn);
    }

    private string PathOf(string run, string file) => root[$"artifacts/Fashion/{run}/{file}"];

    private byte[] Weights(string run) => File.ReadAllBytes(PathOf(run, "weights.safetensors"));
}
