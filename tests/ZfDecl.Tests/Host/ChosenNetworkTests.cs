using ZfDecl.Cli;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Terminal;
using ZfDecl.Models;

namespace ZfDecl.Tests.Host;

/// <summary>Which network a verb takes where none is named: for pictures that are named with <c>Data</c> it is Pictures; to look at a run, where it is there.</summary>
[Collection(Alone.Name)]
public sealed class ChosenNetworkTests : ShippedNetworks
{
    private const string ForPictures = "these are pictures of any size, so the network is Pictures";

    [Theory]
    [InlineData("train", "--classes=nobody")]
    [InlineData("sweep", "--sweep=batch=2+4", "--classes=nobody")]
    [InlineData("ablate")]
    public void WhatTrainsTakesItAtOnce(string verb, params string[] settings)
    {
        Assert.Equal(1, Run(verb, [$"--data={Pets()}", .. settings]));          // each ends before it trains: there are no such classes, and no such study
        Assert.Contains(ForPictures, output.ToString(), StringComparison.Ordinal);
        if (verb == "ablate")
            Assert.Contains("error ZF1470: there is no study of Pictures; write one into specs/studies, or name another, one of fashion-ablations, ", errors.ToString(), StringComparison.Ordinal);
        else
            Assert.Contains("error ZF1170: ", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ASweepOverPicturesTrainsIt()
    {
        Assert.True(Run("sweep", $"--data={Pets()}", "--sweep=batch=4+8", "--epochs=1", "--threads=1") == 0, errors.ToString());
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(artifacts.Path, "Pictures"), "sweep-*").Length);
        Assert.False(Directory.Exists(Path.Combine(artifacts.Path, "Fashion")));
    }

    [Theory]
    [MemberData(nameof(VerbsThatLook))]
    public void WhatLooksTakesItWhereItsRunIsThere(string verb, string[] settings)
    {
        // The folder of a run that was stopped before it had weights: whoever chooses it says what is missing.
        Directory.CreateDirectory(Path.Combine(artifacts.Path, "Pictures", "mine"));
        Run(verb, [$"--data={Pets()}", .. settings]);
        Assert.Contains(ForPictures, output.ToString(), StringComparison.Ordinal);
        Assert.Contains(Path.Combine("Pictures", "mine"), output.ToString() + errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(VerbsThatLook))]
    public void OtherwiseItIsTheUsualOne(string verb, string[] settings)
    {
        Assert.Equal(1, Run(verb, [$"--data={Pets()}", .. settings]));
        Assert.DoesNotContain(ForPictures, output.ToString(), StringComparison.Ordinal);
        Assert.Contains(Path.Combine("Fashion", "mine"), errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("occlude", "error ZF1480: ", "A network for these images is made by: ")]
    [InlineData("diagnose", "warning ZF1197: there is no such run of Pictures, so this is Fashion, ", "make one for them with: ")]
    [InlineData("report", "warning ZF1197: there is no such run of Pictures, so this is Fashion, ", "make one for them with: ")]
    public void PicturesThatNoRunWasTrainedOnAreShownTheCommandThatTrainsOne(string verb, string code, string remedy)
    {
        Run(verb, $"--data={Pets()}");
        Assert.Contains(code, errors.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{remedy}dotnet msbuild -t:Train -p:Artifacts={artifacts.Path} -p:Data={artifacts["pets"]}", string.Join(' ', errors.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diagnose", "--spec=Fashion")]
    [InlineData("diagnose")]
    public void WhoNamesTheNetworkOrNoImagesIsNotWarned(string verb, params string[] named)
    {
        Assert.True(Run(verb, named.Length == 0 ? [] : [$"--data={Pets()}", .. named]) == 0, errors.ToString());
        Assert.DoesNotContain("ZF1197", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTheRunSaysIsShownAndKeptAsTheRuns()
    {
        Assert.True(Run("train", $"--data={Pets()}", "--epochs=1", "--classes=cat+dog", "--threads=1") == 0, errors.ToString());
        output.GetStringBuilder().Clear();
        Assert.True(Run("diagnose", "--spec=Pictures") == 0, errors.ToString());
        Assert.Matches($@"  data +{artifacts["pets"]} +run\r?\n", output.ToString());
        Assert.Matches(@"  classes +cat\+dog +run\r?\n", output.ToString());
    }

    public static TheoryData<string, string[]> VerbsThatLook()
    {
        string[] others = ["train", "sweep", "ablate", "import", "list", "runs", "doctor", "explore"];
        var data = new TheoryData<string, string[]>();
        foreach (var verb in CommandLine.Root((_, _) => 0).Subcommands.Select(verb => verb.Name).Except(others))
            data.Add(verb, ["--run=mine"]);
        data.Add("evaluate", ["--runs=mine+Fashion/shipped"]);
        return data;
    }

    [Theory]
    [InlineData(null, null, "Fashion")]
    [InlineData(null, "default", "Fashion")]
    [InlineData("pets", null, "Pictures")]
    [InlineData("pets", "default", "Fashion")]
    [InlineData("pets", "untrained", "Pictures")]
    [InlineData("pets", "shipped", "Fashion")]
    [InlineData("shapes", null, "Shapes")]
    [InlineData("specs/data/fashion-mnist", null, "Fashion")]
    [InlineData("nowhere", null, "Fashion")]
    public void OneRuleChooses(string? data, string? lookedAt, string expected)
    {
        var given = new Dictionary<string, string> { ["artifacts"] = artifacts.Path };
        if (data is not null)
            given["data"] = data == "pets" ? Pets() : data == "shapes" ? data : Repository.PathOf(data.Split('/'));
        Assert.Equal(expected, Context(given).Network(lookedAt).Info.Name);
        Assert.Equal("Zf8", Context(new(given) { ["spec"] = "zf8" }).Network(lookedAt).Info.Name);
    }

    private RunContext Context(Dictionary<string, string> given) =>
        new(new NetworkCatalog(DeclaredNetworks.All), new Settings(given), new ConsoleLog(output, errors), Repository.Root, default);

    private string Pets()
    {
        foreach (var name in (string[])["cat", "dog"])
        {
            Directory.CreateDirectory(artifacts[Path.Combine("pets", name)]);
            for (var i = 0; i < 4; i++)
                File.WriteAllBytes(artifacts[Path.Combine("pets", name, $"{i}.png")], Data.Pictures.Png(20 + i, 30, Data.Pictures.Noise));
        }
        return artifacts["pets"];
    }
}
