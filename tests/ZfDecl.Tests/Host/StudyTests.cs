using System.Globalization;
using ZfDecl.Analyses.Evaluate;
using ZfDecl.Cli.Commands;
using ZfDecl.Cli.Configuration;
using ZfDecl.Models;
using ZfDecl.Report;
using ZfDecl.Runs;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Host;

/// <summary>Ablate, Sweep and ensembles through the host, on a handful of noisy images.</summary>
[Collection(Alone.Name)]
public sealed class StudyTests : IDisposable
{
    private const int TrainingImages = 64, ValidationImages = 32, Side = 28;

    private readonly TemporaryFolder root = new();
    private readonly StringWriter errors = new();
    private DyingWriter output = new(null);

    public StudyTests()
    {
        foreach (var (split, count) in ((string, int)[])[("train", TrainingImages), ("t10k", ValidationImages)])
        {
            var pixels = new byte[count * Side * Side];
            new Random(count).NextBytes(pixels);
            IdxFixture.Write(root["data", $"{split}-images-idx3-ubyte"], IdxFixture.Idx(0x803, [count, Side, Side], pixels));
            IdxFixture.Write(root["data", $"{split}-labels-idx1-ubyte"], IdxFixture.Idx(0x801, [count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]));
        }
    }

    public void Dispose()
    {
        root.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public void AStudyIsFoundByItsNameThoughASpecFileIsCalledLikeIt()
    {
        Assert.True(File.Exists(Repository.PathOf("specs", "fashion-ablations.yaml")));
        Assert.Equal(Repository.PathOf("specs", "studies", "fashion-ablations.yaml"), AblateCommand.Find(new SpecFolder(Repository.PathOf("specs")), "fashion-ablations"));
    }

    [Fact]
    public void AStudyThatDiesAnywhereEndsWithTheSameNumbersAndRepeatsNoFinishedRow()
    {
        Assert.True(Ablate("whole") == 0, errors.ToString());
        Assert.Equal(2, Ablate("killed", diesAt: "epoch 2/2: loss", times: 2));          // in its second row
        var first = File.ReadAllText(RunFile("killed", "a"));
        Assert.Equal(2, Ablate("killed", diesAt: "evaluating: 100 %"));        // between its training and the measuring of its errors
        Assert.Equal(0, Ablate("killed"));

        Assert.Equal(Rows("whole"), Rows("killed"));
        Assert.Equal(first, File.ReadAllText(RunFile("killed", "a")));
        Assert.Equal(0, Ablate("killed"));
        Assert.DoesNotContain("row 1/", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(Rows("whole"), Rows("killed"));
    }

    [Fact]
    public void ARowThatFailsDoesNotLoseTheOthers()
    {
        Write("""
            study: two rows
            rows:
              - { label: much too fast, spec: FashionKrizhevskyWithout3467, learning-rate: 1e30, epochs: 2 }
              - { label: sound, spec: FashionKrizhevskyWithout3467, epochs: 1 }
            """);
        Assert.Equal(1, Run("ablate", "--study=" + root["study.yaml"]));

        Assert.Contains("row 'much too fast', seed 1: ", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("error ZF1472: 1 of 2 trainings failed: study-much-too-fast-s1", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(root.Path, "artifacts", "studies", "study", "rows.csv")).Length);
        Assert.True(File.Exists(Path.Combine(root.Path, "artifacts", "studies", "study", "report", RunReport.PageFile)));
    }

    [Fact]
    public void RowsSideBySideHaveTheSameWeightsByteForByteAsOneAfterTheOther()
    {
        Assert.True(Ablate("sequential") == 0, errors.ToString());
        Assert.True(Ablate("parallel", jobs: 2) == 0, errors.ToString());
        Assert.All((string[])["FashionKrizhevskyWithout3467/study-a-s1", "FashionKrizhevskyWithout67/study-b-s1", "FashionKrizhevskyWithout3467/study-c-s1"], run =>
            Assert.Equal(File.ReadAllBytes(root["artifacts", "sequential", run, "weights.safetensors"]), File.ReadAllBytes(root["artifacts", "parallel", run, "weights.safetensors"])));
        Assert.Equal(Rows("sequential"), Rows("parallel"));
        Assert.Contains("b, seed 1 | epoch 2/2: loss ", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AProcessThatFailsSaysWhyAndLosesNoOther()
    {
        Write("""
            study: two rows
            rows:
              - { label: much too fast, spec: FashionKrizhevskyWithout3467, learning-rate: 1e30, epochs: 2 }
              - { label: sound, spec: FashionKrizhevskyWithout3467, epochs: 1 }
            """);
        Assert.Equal(1, Run("ablate", "--study=" + root["study.yaml"], "--jobs=2"));

        Assert.Contains("error ZF1301: row 'much too fast', seed 1: training diverged", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("error ZF1472: 1 of 2 trainings failed: study-much-too-fast-s1", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(root.Path, "artifacts", "studies", "study", "rows.csv")).Length);
    }

    [Fact]
    public void AStudyOfSomeClassesIsTrainedOnThemAlone()
    {
        Write("""
            study: one row
            rows:
              - { label: a, spec: FashionKrizhevskyWithout3467, epochs: 1 }
            """);
        Assert.True(Run("ablate", "--study=" + root["study.yaml"], "--classes=0-1") == 0, errors.ToString());
        Assert.Equal(2, RunRecord.Read(root["artifacts", "FashionKrizhevskyWithout3467", "study-a-s1", "run.json"]).Classes.Count);

        // Another selection is another training.
        Assert.True(Run("ablate", "--study=" + root["study.yaml"], "--classes=0-2") == 0, errors.ToString());
        Assert.Equal(3, RunRecord.Read(root["artifacts", "FashionKrizhevskyWithout3467", "study-a-s1", "run.json"]).Classes.Count);
    }

    [Fact]
    public void AChangedRecipeTrainsItsRowAnewAndNoOther()
    {
        const string Rows = """
            study: two rows
            rows:
              - { label: a, spec: FashionKrizhevskyWithout3467, epochs: 1 }
              - { label: b, spec: FashionKrizhevskyWithout67, epochs: 1 }
            """;
        Write(Rows);
        Assert.True(Run("ablate", "--study=" + root["study.yaml"]) == 0, errors.ToString());
        var untouched = File.ReadAllText(root["artifacts", "FashionKrizhevskyWithout3467", "study-a-s1", "run.json"]);

        Write(Rows.Replace("Without67, epochs: 1", "Without67, epochs: 1, augment: [flip], momentum: 0.5", StringComparison.Ordinal));
        Assert.True(Run("ablate", "--study=" + root["study.yaml"]) == 0, errors.ToString());
        Assert.Contains("row 2/2: b, seed 1", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(": a, seed 1", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(untouched, File.ReadAllText(root["artifacts", "FashionKrizhevskyWithout3467", "study-a-s1", "run.json"]));
        Assert.True(File.Exists(root["artifacts", "FashionKrizhevskyWithout67", "study-b-s1.1", "weights.safetensors"]));
        Assert.Equal("0.5", RunRecord.Read(root["artifacts", "FashionKrizhevskyWithout67", "study-b-s1", "run.json"]).Setting("momentum"));
    }

    [Fact]
    public void AnUnfinishedRunOfAnotherRecipeIsKeptAside()
    {
        Assert.Equal(2, Ablate("changed", diesAt: "epoch 1/2: loss"));
        Assert.True(Ablate("changed", batch: 32) == 0, errors.ToString());
        Assert.True(Directory.Exists(root["artifacts", "changed", "FashionKrizhevskyWithout3467", "study-a-s1.1"]));
        Assert.Equal("32", RunRecord.Read(RunFile("changed", "a")).Setting("batch"));
    }

    [Fact]
    public void ARowKeepsTheThreadsThatItWasBegunWith()
    {
        Assert.Equal(2, Ablate("threads", diesAt: "epoch 2/2: loss", times: 2, threads: 2));          // in its second row
        Assert.True(Ablate("threads") == 0, errors.ToString());
        Assert.Contains("1 finished rows were trained with 2 threads, not 1", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("row 'b, seed 1' goes on with the 2 threads that it was begun with, not 1", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(["2", "2", "1"], Rows("threads").Skip(1).Select(row => row.Split(',')[4]));
    }

    [Fact]
    public void TheDifferencesFromARowAreTakenSeedBySeed()
    {
        Write("""
            study: two rows
            rows:
              - { label: a, spec: FashionKrizhevskyWithout3467, epochs: 1 }
              - { label: b, spec: FashionKrizhevskyWithout67, epochs: 1, against: a }
            """);
        Assert.True(Run("ablate", "--study=" + root["study.yaml"], "--seed=3+4") == 0, errors.ToString());
        Assert.True(File.Exists(root["artifacts", "FashionKrizhevskyWithout67", "study-b-s4", "weights.safetensors"]));
        var errorsOf = File.ReadLines(Path.Combine(root.Path, "artifacts", "studies", "study", "rows.csv")).Skip(1).Select(row => double.Parse(row.Split(',')[6], CultureInfo.InvariantCulture)).ToArray();
        var table = File.ReadAllLines(Path.Combine(root.Path, "artifacts", "studies", "study", "table.csv"));
        Assert.Equal("against,val_difference,difference_standard_error", string.Join(',', table[0].Split(',')[9..12]));
        Assert.Equal(((errorsOf[2] - errorsOf[0]) + (errorsOf[3] - errorsOf[1])) / 2, double.Parse(table[2].Split(',')[10], CultureInfo.InvariantCulture), 6);
    }

    [Fact]
    public void EverythingThatIsWrongWithAStudyIsSaidAtOnceAndInItsPlace()
    {
        Write("""
            study: a bad one
            sedes: [1]
            seeds: [1, x]
            rows:
              - { label: a, spec: Fashon, epochs: 0 }
              - { label: b, spec: Fashion, batsh: 3, paper: { val: 140 } }
              - { label: b, spec: Fashion, learning-rate: fast, against: c }
              - { spec: Fashion }
            """);
        Assert.Equal(1, Run("ablate", "--study=" + root["study.yaml"]));

        (int Line, int Column, string Finding)[] expected =
        [
            (2, 1, "a study has no key 'sedes'; did you mean 'seeds'?"),
            (3, 12, "a study: 'seeds' names 'x'; allowed is a list [a, b, …], each a whole number ≥ 0"),
            (5, 23, "no network 'Fashon' is declared; did you mean 'Fashion'?"),
            (5, 39, "row 'a': 'epochs' is '0'; allowed is a whole number from 1 to 1,000,000"),
            (6, 32, "row 'b' has no key 'batsh'; did you mean 'batch'?"),
            (6, 56, "row 'b': 'paper': 'val' is '140'; allowed is a number ≥ 0 and ≤ 100"),
            (7, 5, "there are two rows 'b'"),
            (7, 5, "against: there is no row 'c' above this one"),
            (7, 47, "row 'b': 'learning-rate' is 'fast'; allowed is a number > 0"),
            (8, 5, "a row lacks 'label'"),
        ];
        Assert.All(expected, error => Assert.Contains(FormattableString.Invariant($"study.yaml({error.Line},{error.Column}): error ZF1471: {error.Finding}"), errors.ToString(), StringComparison.Ordinal));
        Assert.Equal(expected.Length, errors.ToString().Split("error ZF").Length - 1);
    }

    [Theory]
    [InlineData("\n", "the file is empty; a study starts with 'study: <title>'")]
    [InlineData("- 1", "a study is a mapping")]
    [InlineData("study: [", "is not closed")]
    [InlineData("study: x\nstudy: y", "'study' stands here a second time")]
    [InlineData("a: &a [*a]", "is a YAML alias")]
    [InlineData("rows: 3", "a study lacks 'study'")]
    [InlineData("study: x\nrows: []", "there are no rows")]
    public void WhatIsNoStudyIsAnErrorWithAPlace(string text, string error)
    {
        Write(text);
        Assert.Equal(1, Run("ablate", "--study=" + root["study.yaml"]));
        Assert.Matches(@"study\.yaml\(\d+,\d+\): error ZF1471: ", errors.ToString());
        Assert.Contains(error, errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epochs: '3'", "3")]
    [InlineData("anneal: Cosine", "Cosine")]
    [InlineData("filter-rms: NONE", "NONE")]
    [InlineData("augment: flip+shift", "flip+shift")]
    [InlineData("augment: [flip, shift]", "flip+shift")]
    [InlineData("augment: []", "none")]
    [InlineData("rates: { bias: 2, conv1: 0 }", "bias:2+conv1:0")]
    [InlineData("decay: {}", "none")]
    public void ARowTakesAKeyAsASpecHasItAndAsItIsTyped(string entry, string typed)
    {
        Write($"study: x\nrows: [ {{ label: a, spec: Fashion, {entry} }} ]");
        var (study, found) = Cli.Studies.StudyFile.Read(root["study.yaml"], new(DeclaredNetworks.All));
        Assert.Empty(found);
        Assert.Equal(typed, Assert.Single(Assert.Single(study!.Rows).Overrides).Value);
    }

    [Fact]
    public void DeepNestingIsAnErrorToo()
    {
        Write("study: " + new string('[', 100_000));
        Assert.Equal(1, Run("ablate", "--study=" + root["study.yaml"]));
        Assert.Contains("nested more than", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("learning-rate=0.01+0.02 batch=16+32")]
    [InlineData("learning-rate=0.01,0.02;batch=16|32")]
    public void ASweepTrainsEveryCombination(string grid)
    {
        Assert.True(Run("sweep", "--spec=FashionKrizhevskyWithout3467", "--epochs=1", "--sweep=" + grid) == 0, errors.ToString());
        var study = Assert.Single(Directory.GetDirectories(Path.Combine(root.Path, "artifacts", "studies")));
        Assert.Equal(["learning-rate 0.01 batch 16", "learning-rate 0.01 batch 32", "learning-rate 0.02 batch 16", "learning-rate 0.02 batch 32"],
            File.ReadLines(Path.Combine(study, "table.csv")).Skip(1).Select(line => line.Split(',')[0]));
        // The command that is kept can be typed again: MSBuild takes commas and semicolons apart.
        Assert.Contains($"-p:Sweep={grid.Replace(",", "%2c", StringComparison.Ordinal).Replace(";", "%3b", StringComparison.Ordinal)}", File.ReadAllText(Path.Combine(study, "study.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void ASweepOverAFileOfVariantsTriesEachOfItsNetworks()
    {
        Assert.True(Run("sweep", "--specs=specs/fashion-ablations.yaml", "--epochs=1", "--batch=64") == 0, errors.ToString());
        var table = File.ReadAllLines(Path.Combine(Assert.Single(Directory.GetDirectories(Path.Combine(root.Path, "artifacts", "studies"))), "table.csv"));
        Assert.Equal(DeclaredNetworks.All.Where(entry => entry.Info.SpecFile.EndsWith("fashion-ablations.yaml", StringComparison.Ordinal)).Select(entry => entry.Info.Name), table.Skip(1).Select(row => row.Split(',')[0]));
        Assert.Equal(13, table.Length);
    }

    [Fact]
    public void AnUnknownStudyIsAnErrorThatNamesTheNearest()
    {
        Assert.Equal(1, Run("ablate", "--study=fashon-ablations"));
        Assert.Contains("error ZF1470: -p:Study=fashon-ablations: there is no study of that name; did you mean 'fashion-ablations'?", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "there is nothing to compare")]
    [InlineData("batsh=3", "there is no 'batsh' to sweep; did you mean 'batch'?")]
    [InlineData("batch=3;batch=4", "'batch' stands there twice")]
    [InlineData("batch", "'batch' is no setting with values")]
    [InlineData("learning-rate=x", "learning-rate=x: allowed is a number > 0")]
    [InlineData("rates=conv9:0", "rates=conv9:0: 'conv9' is neither a kind of parameter nor a layer that has some")]
    public void ABadGridIsNamed(string grid, string error)
    {
        Assert.Equal(1, grid.Length == 0 ? Run("sweep") : Run("sweep", "--sweep=" + grid));
        Assert.Contains("error ZF1473: ", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(error, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralRunsAreEvaluatedTogetherAndStandBelowThePaper()
    {
        string[] networks = ["FashionKrizhevskyWithout3467", "FashionKrizhevskyWithout67"];
        foreach (var network in networks)
            Assert.True(Run("train", "--spec=" + network, "--epochs=1", "--run=one") == 0, errors.ToString());
        Assert.True(Run("evaluate", "--runs=" + string.Join('+', networks.Select(network => network + "/one"))) == 0, errors.ToString());

        var folder = Assert.Single(Directory.GetDirectories(Path.Combine(root.Path, "artifacts", networks[0], "one", "evaluate")));
        var rows = File.ReadAllLines(Path.Combine(folder, ErrorTable.FileName));
        Assert.Equal(1 + 7 + 3, rows.Length);
        Assert.Equal(ValidationImages + 1, File.ReadLines(Path.Combine(folder, "predictions.csv")).Count());

        Assert.Equal(1, Run("evaluate", "--runs=one", "--spec=" + networks[0]));
        Assert.Contains("error ZF1474: -p:Runs=one: give two runs at least", errors.ToString(), StringComparison.Ordinal);
    }

    private int Ablate(string name, string? diesAt = null, int times = 1, int batch = 16, int threads = 1, int jobs = 1)
    {
        Write($$"""
            study: three rows
            rows:
              - { label: a, spec: FashionKrizhevskyWithout3467, epochs: 2, batch: {{batch}} }
              - { label: b, spec: FashionKrizhevskyWithout67, epochs: 2, batch: {{batch}} }
              - { label: c, spec: FashionKrizhevskyWithout3467, epochs: 1, batch: {{batch}}, learning-rate: 0.01 }
            """);
        return Run(new DyingWriter(diesAt, times), threads, "ablate", "--study=" + root["study.yaml"], "--artifacts=" + root["artifacts", name], $"--jobs={jobs}");
    }

    private string RunFile(string name, string row) => root["artifacts", name, "FashionKrizhevskyWithout3467", $"study-{row}-s1", "run.json"];

    // All but the last column, the seconds.
    private IEnumerable<string> Rows(string name) =>
        File.ReadAllLines(root["artifacts", name, "studies", "study", "rows.csv"]).Select(row => row[..row.LastIndexOf(',')]);

    private void Write(string text) => File.WriteAllText(root["study.yaml"], text);

    private int Run(params string[] arguments) => Run(new DyingWriter(null), 1, [.. arguments, "--artifacts=" + root["artifacts"]]);

    private int Run(DyingWriter writer, int threads, params string[] arguments)
    {
        output.Dispose();
        output = writer;
        return new Cli.Host(DeclaredNetworks.All, output, errors).Run([.. arguments, "--root=" + Repository.Root, "--data=" + root["data"], $"--threads={threads}"]);
    }

    /// <summary>Throws at a line of the log, as if the process ended there: what would be written afterwards is not.</summary>
    private sealed class DyingWriter(string? at, int times = 1) : StringWriter
    {
        private int left = times;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (at is not null && value?.Contains(at, StringComparison.Ordinal) == true && --left == 0)
                throw new InvalidOperationException("the end");
        }
    }
}
