using System.Text.Json;
using ZfDecl.Models;

namespace ZfDecl.Tests.Host;

/// <summary>What of a recipe a user sets for one run.</summary>
[Collection(Alone.Name)]
public sealed class RecipeSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = Data.IdxFixture.Create();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public void EveryKeyOfTheTrainingIsSetForOneRunAndKept()
    {
        (string Name, string Value)[] given =
        [
            ("momentum", "0.5"), ("weight-decay", "0"), ("anneal", "step"), ("warm-up", "0.5"), ("filter-rms", "0.2"), ("initial-std", "0.02"), ("augment", "flip, shift"), ("shift", "3"),
        ];
        Assert.True(Run(["--spec=Fashion", "--epochs=1", "--threads=1", .. given.Select(setting => $"--{setting.Name}={setting.Value}")]) == 0, errors.ToString());

        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "artifacts", "Fashion", "default", "run.json")));
        var kept = record.RootElement.GetProperty("settings").EnumerateArray().ToDictionary(setting => setting.GetProperty("name").GetString()!, setting => setting.GetProperty("value").GetString());
        Assert.All(given, setting => Assert.Equal(setting.Value, kept[setting.Name]));
        // Of the filters of conv1, drawn with a deviation of 0.1 of their own, none may be beyond the radius; of conv2's, drawn with 0.02, none is near it.
        var rms = File.ReadAllLines(Path.Combine(folder.Path, "artifacts", "Fashion", "default", "layers.csv"))[1..].Select(line => line.Split(',')).ToDictionary(cells => cells[1], cells => double.Parse(cells[2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(rms["conv2"], 0.01, 0.1);
    }

    [Theory]
    [InlineData("momentum", "1", "-p:Momentum=1: allowed is a number ≥ 0 and < 1")]
    [InlineData("weight-decay", "-1", "-p:WeightDecay=-1: allowed is a number ≥ 0")]
    [InlineData("anneal", "cosin", "-p:Anneal=cosin: allowed is one of constant, cosine, step, plateau; did you mean 'cosine'?")]
    [InlineData("filter-rms", "0", "-p:FilterRms=0: allowed is a number > 0, or 'none'")]
    [InlineData("initial-std", "she", "-p:InitialStd=she: allowed is a number > 0, or 'he'")]
    [InlineData("augment", "flip+none", "-p:Augment=flip+none: allowed is one of flip, shift, random-crop, ten-crops, or several with + between, or 'none'")]
    [InlineData("augment", "random-crop+ten-crops", "-p:Augment=random-crop+ten-crops: this crops each image both at random and in ten ways; keep one of random-crop and ten-crops")]
    public void AValueThatIsNotAllowedIsRefused(string name, string value, string message)
    {
        Assert.Equal(1, Run(["--spec=Fashion", $"--{name}={value}"]));
        Assert.Contains($"error ZF1003: {message}", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AllThatIsWrongIsSaidBeforeAnythingIsRead()
    {
        Assert.Equal(1, Run(["--spec=Fashon", "--data=/nowhere", "--epochs=x", "--batch=0", "--augment=flop"]));
        Assert.Equal(
            ["-p:Epochs=x: allowed is a whole number from 1 to 1,000,000", "-p:Batch=0: allowed is a whole number from 1 to 65,536", "-p:Augment=flop: allowed is one of flip, shift, random-crop, ten-crops, or several with + between, or 'none'; did you mean 'flip'?"],
            errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()["error ZF1003: ".Length..]));
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void FactorsAreCheckedAgainstTheLayers()
    {
        Assert.Equal(1, Run(["--spec=Fashion", "--rates=bias:2+conv9:0", "--decay=relu1:0"]));
        Assert.Contains("error ZF1003: -p:Rates=bias:2+conv9:0: 'conv9' is neither a kind of parameter nor a layer that has some; did you mean 'conv1'?", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("error ZF1003: -p:Decay=relu1:0: 'relu1' is neither", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void PicturesWithoutANamedNetworkGetTheOneForPictures()
    {
        foreach (var name in (string[])["cat", "dog"])
        {
            for (var i = 0; i < 4; i++)
            {
                Directory.CreateDirectory(folder[Path.Combine("pets", name)]);
                File.WriteAllBytes(folder[Path.Combine("pets", name, $"{i}.png")], Data.Pictures.Png(20 + i, 30, Data.Pictures.Noise));
            }
        }

        Assert.True(Run([$"--data={folder["pets"]}", "--epochs=1", "--threads=1"]) == 0, errors.ToString());
        Assert.Contains("these are pictures of any size, so the network is Pictures", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("dotnet msbuild -t:Visualize -p:Spec=Pictures", output.ToString(), StringComparison.Ordinal);

        // The same network is found again to be looked at; where there is no such run, it is the one with the shipped weights.
        Assert.True(Run("evaluate", [$"--data={folder["pets"]}", "--threads=1"]) == 0, errors.ToString());
        Assert.True(Directory.Exists(folder[Path.Combine("artifacts", "Pictures", "default", "evaluate")]));
        Assert.Equal(1, Run("evaluate", [$"--data={folder["pets"]}", "--run=another"]));
        Assert.Contains(Path.Combine("Fashion", "another"), errors.ToString(), StringComparison.Ordinal);
    }

    private int Run(string[] settings) => Run("train", settings);

    private int Run(string verb, string[] settings)
    {
        string[] data = settings.Any(setting => setting.StartsWith("--data=", StringComparison.Ordinal)) ? [] : [$"--data={folder.Path}"];
        return new Cli.Host(DeclaredNetworks.All, output, errors).Run([verb, $"--root={Repository.Root}", $"--artifacts={folder["artifacts"]}", .. data, .. settings]);
    }
}
