using ZfDecl.Files;
using ZfDecl.Studies.Comparison;
using ZfDecl.Studies.Transfer;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Host;

/// <summary>Transfer and AnalyzeFeatures as processes of their own, killed at moments that nobody chooses.</summary>
public sealed class KilledFewShotStudyTests : IDisposable
{
    private const int Kills = 6, LongestSeconds = 6, Side = 28;

    private readonly TemporaryFolder root = new();

    public KilledFewShotStudyTests()
    {
        foreach (var (split, count) in ((string, int)[])[("train", 60), ("t10k", 20)])
        {
            // Noise, brighter in one half: the left one in images of class 0.
            var (pixels, random) = (new byte[count * Side * Side], new Random(count));
            for (var i = 0; i < pixels.Length; i++)
                pixels[i] = (byte)(random.Next(150) + (i % Side < Side / 2 == (i / (Side * Side) % 2 == 0) ? 60 : 0));
            IdxFixture.Write(root[$"{split}-images-idx3-ubyte"], IdxFixture.Idx(0x803, [count, Side, Side], pixels));
            IdxFixture.Write(root[$"{split}-labels-idx1-ubyte"], IdxFixture.Idx(0x801, [count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 2))]));
        }
    }

    public void Dispose() => root.Dispose();

    [Theory]
    [InlineData("transfer", "--per-class=2", "--folds=2")]
    [InlineData("analyze-features", "--per-class=5", "--folds=10")]
    public void KilledAtRandomMomentsAStudyEndsWithTheSameNumbersAndRepeatsNoFinishedRow(string verb, string perClass, string folds)
    {
        string[] study = [verb, perClass, folds];
        ToTheEnd(study, "whole");
        var whole = Rows(verb, "whole");

        var kept = new Dictionary<string, FewShotRow>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using (var victim = Start(study, "killed"))
                victim.KillAfter(TimeSpan.FromSeconds(LongestSeconds * Random.Shared.NextDouble()));
            var rows = Rows(verb, "killed");
            Assert.All(kept, row => Assert.Equal(row.Value, rows[row.Key]));        // the seconds, too: none is done again
            kept = rows;
        }
        ToTheEnd(study, "killed");
        var ended = Rows(verb, "killed");
        Assert.All(kept, row => Assert.Equal(row.Value, ended[row.Key]));
        Assert.Equal(whole.Values.Select(Number), ended.Values.Select(Number));
        Assert.Equal(File.ReadAllText(Path.Combine(FolderOf(verb, "whole")!, "table.csv")), File.ReadAllText(Path.Combine(FolderOf(verb, "killed")!, "table.csv")));
        Assert.NotNull(RecordJson.Read<StudyRecord>(Path.Combine(FolderOf(verb, "killed")!, StudyRecord.FileName)).Finished);
    }

    private void ToTheEnd(string[] study, string artifacts)
    {
        using var process = Start(study, artifacts);
        Assert.True(process.Wait() == 0, process.Said);
    }

    private HostProcess Start(string[] study, string artifacts) =>
        new([.. study, $"--root={Repository.Root}", $"--data={root.Path}", "--classes=0+1", "--run=untrained", $"--artifacts={root[artifacts]}", "--threads=1"]);

    private Dictionary<string, FewShotRow> Rows(string verb, string artifacts) =>
        FolderOf(verb, artifacts) is { } folder && Path.Combine(folder, "rows.json") is var path && File.Exists(path) ? StudyRows<FewShotRow>.Read(path) : [];

    private string? FolderOf(string verb, string artifacts)
    {
        var folder = root[$"{artifacts}/Fashion/untrained/{verb.Replace("-", "", StringComparison.Ordinal)}"];
        return Directory.Exists(folder) ? Directory.GetDirectories(folder).SingleOrDefault() : null;
    }

    private static (string, double, string) Number(FewShotRow row) => (row.Key, row.Accuracy, row.Note);
}
