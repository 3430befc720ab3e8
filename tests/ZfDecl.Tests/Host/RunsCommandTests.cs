using ZfDecl.Runs;
using ZfDecl.Tests.Training;

namespace ZfDecl.Tests.Host;

/// <summary>The list of runs, on records that a test has written.</summary>
public sealed class RunsCommandTests : ShippedNetworks
{
    [Fact]
    public void EveryRunIsListedWithItsDataAccuracySizeParentAndDate()
    {
        Write("Fashion", "default", 1, "0.05", error: 0.25);
        Write("Fashion", "longer", 2, "0.01", error: 0.125, parent: "Fashion/default");
        Write("Pictures", "default", 3, "0.05", error: null);
        Assert.True(Run("runs") == 0, errors.ToString());
        var rows = output.ToString().Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Contains('/', StringComparison.Ordinal)).ToArray();
        Assert.Matches(@"^Fashion/default +small images +30 +75\.00 % +finished +[\d.]+ MB +new weights +2026-01-01 12:00$", rows[0]);
        Assert.Matches(@"^Fashion/longer +small images +30 +87\.50 % +finished +[\d.]+ MB +Fashion/default +2026-01-02 12:00$", rows[1]);
        Assert.Matches(@"^Pictures/default +small images +– +– +unfinished, in its first epoch +", rows[2]);
        Assert.Equal(3, rows.Length);
    }

    [Fact]
    public void ComparedRunsShowWhatDiffersAndNothingElse()
    {
        Write("Fashion", "default", 1, "0.05", error: 0.25);
        Write("Fashion", "longer", 2, "0.01", error: 0.125, parent: "Fashion/default");
        Assert.True(Run("runs", "--compare=default+longer") == 0, errors.ToString());
        Assert.Matches(@"(?m)^accuracy +75\.00 % +87\.50 % *$", output.ToString());
        Assert.Matches(@"(?m)^learning-rate +0\.05 +0\.01 *$", output.ToString());
        Assert.Matches(@"(?m)^began with +new weights +Fashion/default *$", output.ToString());
        Assert.DoesNotContain("momentum", output.ToString(), StringComparison.Ordinal);

        Assert.Equal(1, Run("runs", "--compare=default"));
        Assert.Contains("error ZF1408: -p:Compare= takes two runs at least", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ARunIsRemovedByItsNameAndOnlyWhereThatIsClear()
    {
        Write("Fashion", "default", 1, "0.05", error: 0.25);
        Write("Pictures", "default", 2, "0.05", error: 0.25);
        Assert.Equal(1, Run("runs", "--remove=default"));
        Assert.Contains("error ZF1407: -p:Remove=default: there are Fashion/default and Pictures/default; name its network too", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Run("runs", "--remove=Pictures/defalt"));
        Assert.Contains("did you mean 'Pictures/default'?", errors.ToString(), StringComparison.Ordinal);
        Assert.True(Run("runs", "--remove=Pictures/default") == 0, errors.ToString());
        Assert.Equal((true, false), (Directory.Exists(PathOf("Fashion", "default")), Directory.Exists(PathOf("Pictures", "default"))));
    }

    [Fact]
    public void ADamagedRecordIsListedAsSuch()
    {
        Write("Fashion", "default", 1, "0.05", error: 0.25);
        File.WriteAllText(Path.Combine(PathOf("Fashion", "default"), "run.json"), "{");
        Assert.True(Run("runs") == 0, errors.ToString());
        Assert.Contains("its record is damaged (ZF1208)", output.ToString(), StringComparison.Ordinal);
    }

    private string PathOf(string spec, string run) => Path.Combine(artifacts.Path, spec, run);

    private void Write(string spec, string run, int day, string rate, double? error, string? parent = null)
    {
        using var data = SmallData.Create();
        var metrics = new EpochMetrics(1, 0.1, 1, 0.5, 0.5, error ?? 0, 0, 100, 1);
        var record = RunRecord.Begin(SmallNet.Declaration, data, 1, [new("data", "small images", "property"), new("learning-rate", rate, "spec"), new("momentum", "0.9", "spec")], "a test") with
        {
            Spec = spec,
            Started = new(2026, 1, day, 12, 0, 0, DateTimeKind.Utc),
            Finished = error is null ? null : new(2026, 1, day, 13, 0, 0, DateTimeKind.Utc),
            Parent = parent is null ? null : new(parent, new string('a', 64), 1, []),
            Result = error is null ? null : new()
            {
                Best = metrics,
                Final = metrics,
                Stopped = false,
                Seconds = 1,
                ImagesPerSecond = 100,
                Validation = new(30, 20, new(0.4, 0.8), 0.7, 0.7, 0.7, "class 0", 0.33, []),
            },
        };
        Directory.CreateDirectory(PathOf(spec, run));
        record.Write(Path.Combine(PathOf(spec, run), "run.json"));
        File.WriteAllBytes(Path.Combine(PathOf(spec, run), "weights.safetensors"), new byte[200_000]);
    }
}
