using System.Text.Json;
using ZfDecl.Cli.Configuration;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Host;

/// <summary>Studies as processes of their own, on a handful of noisy images, ended at moments that nobody chooses.</summary>
public sealed class KilledStudyTests : IDisposable
{
    private const int Kills = 4, TrainingImages = 64, ValidationImages = 32, Side = 28;

    private readonly TemporaryFolder root = new();

    public KilledStudyTests()
    {
        foreach (var (split, count) in ((string, int)[])[("train", TrainingImages), ("t10k", ValidationImages)])
        {
            var pixels = new byte[count * Side * Side];
            new Random(count).NextBytes(pixels);
            IdxFixture.Write(root["data", $"{split}-images-idx3-ubyte"], IdxFixture.Idx(0x803, [count, Side, Side], pixels));
            IdxFixture.Write(root["data", $"{split}-labels-idx1-ubyte"], IdxFixture.Idx(0x801, [count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]));
        }
        File.WriteAllText(root["study.yaml"], """
            study: three rows
            seeds: [1, 2]
            rows:
              - { label: a, spec: FashionKrizhevskyWithout3467, epochs: 6, batch: 16 }
              - { label: b, spec: FashionKrizhevskyWithout67, epochs: 4, batch: 16, against: a }
            """);
    }

    public void Dispose() => root.Dispose();

    [Fact]
    public Task AnAblationThatIsKilledAtRandomMomentsEndsWithTheSameNumbersAndRepeatsNothing() =>
        EndsAsIfNobodyHadKilledIt("ablate", "--study=" + root["study.yaml"]);

    [Fact]
    public Task ASweepWhoseRowsAreProcessesDoesSoToo() =>
        EndsAsIfNobodyHadKilledIt("sweep", "--spec=FashionKrizhevskyWithout3467", "--sweep=learning-rate=0.01,0.02;batch=8,16", "--epochs=6", "--jobs=2");

    [InterruptFact]
    public void OnSigintAStudyEndsAllItsProcessesAndTheSameCommandGoesOn()
    {
        string[] command = ["ablate", "--study=" + root["study.yaml"], "--jobs=2"];
        File.WriteAllText(root["study.yaml"], File.ReadAllText(root["study.yaml"]).Replace("epochs: 6", "epochs: 400", StringComparison.Ordinal));
        using (var study = Start("stopped", command))
        {
            study.WaitFor("a, seed 1 | epoch 2/400");
            study.Interrupt();
            Assert.Equal(ExitCode.Interrupted, study.Wait());
            Assert.Contains("stopped; what was under way is saved, and the same command goes on from there", study.Said, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(Directory.Exists("/proc") ? Directory.GetDirectories("/proc").Select(CommandOf) : [], line => line.Contains(root.Path, StringComparison.Ordinal));

        using var second = Start("stopped", command);
        second.WaitFor("a, seed 1 | epoch ");
        Assert.Contains("a, seed 1 | going on ", second.Said, StringComparison.Ordinal);
        second.Interrupt();
        Assert.Equal(ExitCode.Interrupted, second.Wait());
    }

    private async Task EndsAsIfNobodyHadKilledIt(params string[] command)
    {
        var whole = Task.Run(() => ToTheEnd("whole", command));
        var killed = await Task.Run(() => KillAndGoOn(command));
        await whole;

        Assert.NotEmpty(killed);
        Assert.Equal(Rows("whole"), Rows("killed"));
        Assert.All(killed, run => Assert.Equal(run.Value, File.ReadAllText(run.Key)));
        Assert.Empty(Directory.GetDirectories(root["artifacts/killed"], "*.1", SearchOption.AllDirectories));       // no run was begun anew
    }

    /// <returns>The records of the runs whose rows were finished when the study was killed, as they were then, by their paths.</returns>
    private Dictionary<string, string> KillAndGoOn(string[] command)
    {
        var finished = new Dictionary<string, string>();
        for (var kill = 1; kill <= Kills; kill++)
        {
            using (var victim = Start("killed", command))
            {
                if (kill < Kills)
                    victim.WaitFor($"row {kill}/");
                else
                    victim.WaitUntil(() => FinishedRuns().Count > 0);
                Thread.Sleep(Random.Shared.Next(400));
                victim.Kill();
            }
            foreach (var run in FinishedRuns())
                finished.TryAdd(run, File.ReadAllText(run));
        }
        ToTheEnd("killed", command);
        return finished;
    }

    private List<string> FinishedRuns()
    {
        var rows = Directory.Exists(root["artifacts/killed/studies"]) ? Directory.GetFiles(root["artifacts/killed/studies"], "rows.json", SearchOption.AllDirectories) : [];
        if (rows.Length == 0)
            return [];
        using var json = JsonDocument.Parse(File.ReadAllText(rows[0]));
        return [.. json.RootElement.GetProperty("rows").EnumerateObject().Select(row => root["artifacts/killed", row.Value.GetProperty("spec").GetString()!, row.Value.GetProperty("run").GetString()!, "run.json"])];
    }

    private void ToTheEnd(string name, string[] command)
    {
        using var study = Start(name, command);
        Assert.True(study.Wait() == 0, study.Said);
    }

    private HostProcess Start(string name, string[] command) =>
        new([.. command, "--root=" + root.Path, "--data=" + root["data"], "--threads=1", "--artifacts=" + root["artifacts", name]]);

    // All but the last column, the seconds.
    private string[] Rows(string name) =>
        [.. File.ReadAllLines(Assert.Single(Directory.GetFiles(root["artifacts", name, "studies"], "rows.csv", SearchOption.AllDirectories))).Select(row => row[..row.LastIndexOf(',')])];

    private static string CommandOf(string process)
    {
        try
        {
            return int.TryParse(Path.GetFileName(process), out _) ? File.ReadAllText(Path.Combine(process, "cmdline")) : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
