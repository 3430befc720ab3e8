using System.Diagnostics;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Distributed;

/// <summary>The host as two processes that MPI connects.</summary>
[Collection(Alone.Name)]
public sealed class MpirunTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string DotNet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private readonly TemporaryFolder folder = new();

    [MpirunTheory]
    [MemberData(nameof(Installed))]
    public void TwoRanksClassifyAsOneProcessDoesAndRank0AloneSpeaks(string launcher)
    {
        var alone = Run([DotNet], "alone", "evaluate", "--threads=1");
        var ranks = Run([launcher, .. Options(launcher), "-n", "2", "env", "TERM=dumb", DotNet], "ranks", "evaluate", "--threads=1", $"--launch={launcher} -n 2");

        Assert.True((alone.Code, ranks.Code) == (0, 0), ranks.Said);
        Assert.Contains("2 ranks: 2 on ", ranks.Said, StringComparison.Ordinal);
        Assert.Single(ranks.Said.Split("accuracy on 2,000 images (validation): 90.45 % right")[1..]);
        Assert.Equal(Predictions("alone"), Predictions("ranks"));
    }

    [MpirunTheory]
    [MemberData(nameof(Installed))]
    public void AnErrorOfAllRanksIsSaidOnce(string launcher)
    {
        var ranks = Run([launcher, .. Options(launcher), "-n", "2", "env", "TERM=dumb", DotNet], "wrong", "evaluate", "--run=nosuch", $"--launch={launcher} -n 2");
        Assert.NotEqual(0, ranks.Code);
        Assert.Single(ranks.Said.Split("error ZF1207")[1..]);
    }

    [MpirunTheory]
    [MemberData(nameof(Installed))]
    public void RowsThatRanksTakeAreThoseOfOneProcess(string launcher)
    {
        var data = Path.Combine(folder.Path, "data");
        Directory.CreateDirectory(data);
        foreach (var (split, count) in ((string, int)[])[("train", 32), ("t10k", 16)])
        {
            var pixels = new byte[count * 28 * 28];
            new Random(count).NextBytes(pixels);
            IdxFixture.Write(Path.Combine(data, $"{split}-images-idx3-ubyte"), IdxFixture.Idx(0x803, [count, 28, 28], pixels));
            IdxFixture.Write(Path.Combine(data, $"{split}-labels-idx1-ubyte"), IdxFixture.Idx(0x801, [count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]));
        }
        // The third diverges, and fails alone.
        string[] sweep = ["sweep", "--spec=FashionKrizhevskyWithout3467", "--sweep=learning-rate=0.01+0.02+1e30", "--epochs=2", "--batch=8", "--threads=1", $"--data={data}"];
        var alone = Run([DotNet], "alone", sweep);
        var ranks = Run([launcher, .. Options(launcher), "-n", "2", "env", "TERM=dumb", DotNet], "ranks", [.. sweep, $"--launch={launcher} -n 2"]);

        Assert.Equal((1, 1), (alone.Code, ranks.Code));
        Assert.Single(ranks.Said.Split("error ZF1301: row 'learning-rate 1e30'")[1..]);
        Assert.Equal(2, Rows("alone").Length);
        Assert.Equal(Rows("alone"), Rows("ranks"));
        foreach (var weights in Directory.GetFiles(Path.Combine(folder.Path, "alone"), "weights.safetensors", SearchOption.AllDirectories))
            Assert.Equal(File.ReadAllBytes(weights), File.ReadAllBytes(weights.Replace(Path.Combine(folder.Path, "alone"), Path.Combine(folder.Path, "ranks"), StringComparison.Ordinal)));

        // Without the seconds.
        string[] Rows(string artifacts) =>
            [.. File.ReadAllLines(Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, artifacts, "studies"), "rows.csv", SearchOption.AllDirectories))).Skip(1).Select(line => line[..line.LastIndexOf(',')])];
    }

    [Fact]
    public void TasksThatNothingConnectsEndBeforeAnythingIsTouched()
    {
        var start = Start([DotNet], "misfit", "evaluate", "--launch=srun");
        (start.Environment["SLURM_STEP_NUM_TASKS"], start.Environment["SLURM_PROCID"]) = ("4", "0");
        var (code, said) = Run(start);
        Assert.Equal(1, code);
        Assert.Contains("error ZF1562: SLURM_STEP_NUM_TASKS says that 4 tasks were started, but nothing of MPI connects them", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "misfit")));

        start.Environment["SLURM_PROCID"] = "3";
        Assert.Equal((1, ""), Run(start));          // another task has said it
    }

    public static TheoryData<string> Installed() => [.. MpirunTheoryAttribute.Launchers.Where(MpirunTheoryAttribute.IsThere).DefaultIfEmpty("")];

    public void Dispose() => folder.Dispose();

    private static string[] Options(string launcher) => launcher.EndsWith("openmpi", StringComparison.Ordinal) ? ["--oversubscribe"] : [];

    private string Predictions(string artifacts) => File.ReadAllText(Path.Combine(folder.Path, artifacts, "Fashion", "shipped", "evaluate", "predictions.csv"));

    private (int Code, string Said) Run(string[] begin, string artifacts, params string[] arguments) => Run(Start(begin, artifacts, arguments));

    private ProcessStartInfo Start(string[] begin, string artifacts, params string[] arguments) => new(begin[0],
        [.. begin[1..], "exec", typeof(Cli.Host).Assembly.Location, .. arguments, $"--root={Repository.Root}", $"--artifacts={Path.Combine(folder.Path, artifacts)}"])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["OMPI_ALLOW_RUN_AS_ROOT"] = "1", ["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1", ["OMP_WAIT_POLICY"] = "PASSIVE" },
    };

    private static (int Code, string Said) Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
            process.Kill(entireProcessTree: true);
        return (process.ExitCode, output.Result + errors.Result);
    }
}
