using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Runs;
using ZfDecl.Tests.Data;
using ZfDecl.Tests.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Files;

/// <summary>What a run reads back carries its seal, in records, tables and tensors.</summary>
[Collection(Alone.Name)]
public sealed partial class SealTests : IDisposable
{
    private static readonly string[] Sealed = ["run.json", "network.json", "metrics.csv", "input.safetensors", "checkpoints/epoch-0001.safetensors"];

    private readonly SmallTraining training = new();

    public void Dispose() => training.Dispose();

    public static TheoryData<string> Names => [.. Sealed];

    [Theory]
    [MemberData(nameof(Names))]
    public void AFileOfARunIsSealedByTheHashOfItselfWithZerosInTheSealsPlace(string name)
    {
        Train();
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(training.PathOf("run", name)));

        // A naive formulation: of all 64 digits in the file one is its hash without them.
        Assert.Single(Digits().Matches(text).Select(match => match.Value), seal =>
            Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(text.Replace(seal, new string('0', 64), StringComparison.Ordinal)))) == seal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AFlippedBitIsRefusedOrTakesTheSealAwayWhichIsSaid(string name)
    {
        Train();
        var path = training.PathOf("run", name);
        var whole = File.ReadAllBytes(path);
        for (var bit = 0; bit < 8 * whole.Length; bit += 1 + 8 * whole.Length / 499)        // of all places, and all bits of a byte
        {
            var changed = whole.ToArray();
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            File.WriteAllBytes(path, changed);
            Assert.True(Refuses(path) || UnsealedFiles.In(training.PathOf("run")).Contains(name), string.Create(CultureInfo.InvariantCulture, $"bit {bit} of {name}"));
        }
    }

    [Fact]
    public void ATableThatEndsBeforeItsSealIsSaidToCarryNone()
    {
        Train();
        var path = training.PathOf("run", "metrics.csv");
        File.WriteAllLines(path, File.ReadAllLines(path)[..^2]);
        var log = new CapturedLog();
        RunDirectory.SayWhatIsUnsealed(training.PathOf("run"), log);

        Assert.Contains("1 file of", Assert.Single(log.Said), StringComparison.Ordinal);
        Assert.Contains("(metrics.csv)", log.Said[0], StringComparison.Ordinal);
        Assert.Single(MetricsFile.Read(training.PathOf("run"))!);
    }

    [Fact]
    public void AFileThatSomebodyHasTakenTheSealOutOfIsRead()
    {
        Train();
        var path = training.PathOf("run", "run.json");
        File.WriteAllLines(path, File.ReadAllLines(path).Where(line => !line.Contains("\"seal\"", StringComparison.Ordinal)).Select(line => line.Replace("\"a test\"", "\"another\"", StringComparison.Ordinal)));

        Assert.Equal("another", RunRecord.Read(path).CommandLine);
        Assert.Equal(["run.json"], UnsealedFiles.In(training.PathOf("run")));
    }

    [Fact]
    public void EveryFileOfANewRunThatIsReadBackIsSealed()
    {
        Train();
        Assert.Empty(UnsealedFiles.In(training.PathOf("run")));
    }

    private void Train() => training.Train("run", SmallTraining.Recipe with { Epochs = 2 });

    private static bool Refuses(string path)
    {
        try
        {
            using var scope = NewDisposeScope();
            _ = Path.GetFileName(path) switch
            {
                "run.json" => RunRecord.Read(path),
                "network.json" => NetworkRecord.Read(Path.GetDirectoryName(path)!),
                "metrics.csv" => MetricsFile.Read(Path.GetDirectoryName(path)!),
                _ => (object?)SafeTensorsFile.Read(path),
            };
            return false;
        }
        catch (ZfDeclException refusal)
        {
            Assert.StartsWith("ZF12", refusal.Code, StringComparison.Ordinal);
            return true;
        }
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digits();
}
