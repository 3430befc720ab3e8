using System.Diagnostics;
using ZfDecl.Cli;
using ZfDecl.Cli.Configuration;

namespace ZfDecl.Tests.Host;

/// <summary>What MSBuild's step says of properties before it builds anything; each run of it costs seconds.</summary>
[Collection("targets")]        // one build at a time
public class CheckedPropertiesTests
{
    [Fact]
    public void EverythingThatIsWrongIsSaidAtOnceBeforeAnythingIsBuilt()
    {
        string[] errors = Errors("Train", "LearningRat=1", "Epochs=x", "Batch=0", "InitialStd=she", "Augment=flip+flop", "Rates=bias", "Resume=maybe", "learningrate=0", "Foo=1", "fit=pad");

        Assert.Equal(
            [
                "ZF1003: -p:Augment=flip+flop: allowed is one of flip, shift, random-crop, ten-crops, or several with + between, or 'none'",
                "ZF1003: -p:Batch=0: allowed is a whole number from 1 to 65,536",
                "ZF1003: -p:Epochs=x: allowed is a whole number from 1 to 1,000,000",
                "ZF1007: -p:Fit=pad: fit is the spec's and no run's, as it decides what the network sees of every image; write 'fit: pad' into preprocess of the spec, or of a variant",
                "ZF1003: -p:InitialStd=she: allowed is a number > 0, or 'he'",
                "ZF1007: -p:LearningRat=1: there is no such setting; did you mean -p:LearningRate? Otherwise leave it out: nothing reads it",
                "ZF1003: -p:LearningRate=0: allowed is a number > 0",
                "ZF1003: -p:Rates=bias: allowed is names with factors, such as bias:2+conv1:0, each a number ≥ 0; or 'none'",
                "ZF1003: -p:Resume=maybe: allowed is one of yes, no",
            ],
            errors);
    }

    [Theory]
    [InlineData("Train", "Epoch=3", "ZF1007: -p:Epoch=3: this command has no such setting; did you mean -p:Epochs?")]
    [InlineData("Visualize", "Layer=conv3", "ZF1007: -p:Layer=conv3: this command has no such setting; did you mean -p:Layers?")]
    [InlineData("Explain", "Layers=conv3", "ZF1007: -p:Layers=conv3: this command has no such setting; did you mean -p:Layer?")]
    public void ASettingInTheWrongNumberIsNoOtherCommands(string target, string property, string error) => Assert.Equal([error], Errors(target, property));

    [Fact]
    public void ThePageOfEachCodeIsNamedOnceBelowTheErrors()
    {
        var said = Lines("Train", "LearningRat=1", "Epochs=x", "Batch=0");

        Assert.Equal("What to do is in docs/errors/ZF1003.md, docs/errors/ZF1007.md", said[^1].Trim());
        Assert.Equal(3, said.Count(line => line.Contains("error ZF", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Trian", "ZF1012: -t:Trian: there is no such target; did you mean -t:Train? there are Train, Evaluate, ")]
    [InlineData("Frobnicate", "ZF1012: -t:Frobnicate: there is no such target; there are Train, Evaluate, ")]
    public void ATargetThatThereIsNotIsSaidOnceWithThoseThereAre(string target, string error)
    {
        var said = Assert.Single(Errors(target));
        Assert.StartsWith(error, said, StringComparison.Ordinal);
        Assert.EndsWith("; -t:Help says what each does", said, StringComparison.Ordinal);
    }

    [Fact]
    public void HelpNamesEveryVerbWithoutABuild()
    {
        var lines = Lines("Help", expected: 0);
        Assert.All(Verbs.All, verb => Assert.Contains(lines, line => line.Contains($"-t:{Settings.Property(verb.Name)[3..]} ", StringComparison.Ordinal) && line.Contains(verb.Summary, StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Contains(" -> ", StringComparison.Ordinal));
    }

    [Fact]
    public void HostsAndLaunchersThatAreNoneAreSaid()
    {
        Assert.Equal(
            ["ZF1003: -p:Timeout=0: allowed is a whole number from 1 to 86,400", "ZF1003: -p:Hosts=a:2+b:x: allowed are names of hosts with + between, each with the number of its ranks, such as a:2+b:2"],
            Errors("Train", "Hosts=a:2+b:x", "Timeout=0"));
        var error = Assert.Single(Errors("Train", "Launch=\"nosuchrun --host a:1,b:1\""));
        Assert.StartsWith("ZF1566: -p:Launch=nosuchrun --host a:1,b:1: there is no program 'nosuchrun' here;", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ADecimalCommaThatGetsPastMsbuildIsRecognised() =>
        Assert.Equal(["ZF1003: -p:LearningRate=0,05: allowed is a number > 0; a decimal point is a point: give 0.05"], Errors("Train", "LearningRate=0%2C05"));

    /// <summary>Values at and beyond the bounds of every setting that is checked by more than its reader: the step says of each what the host would.</summary>
    [Theory]
    [InlineData("0")]
    [InlineData("1e-3")]
    [InlineData("1000001")]
    [InlineData("none+flip")]
    [InlineData("NONE")]
    public void TheStepAndTheHostAgree(string value)
    {
        var verb = Verbs.All.Single(verb => verb.Name == "train");
        var wrong = verb.Settings.Where(key => key.Rule != "text" && Settings.FaultOf(key, value) is not null).Select(key => Settings.Property(key.Name)[3..]).ToList();
        Assert.NotEmpty(wrong);

        var errors = Errors("Train", ["Bach=1", .. verb.Settings.Where(key => key.Rule != "text").Select(key => $"{Settings.Property(key.Name)[3..]}={value}")]);

        Assert.Equal(wrong.Append("Bach").Order(StringComparer.OrdinalIgnoreCase), errors.Select(error => error.Split('=')[0][(error.IndexOf("-p:", StringComparison.Ordinal) + 3)..]));
    }

    private static string[] Errors(string target, params string[] properties)
    {
        var lines = Lines(target, properties)[..^1];        // the last names pages
        Assert.All(lines, line => Assert.Contains("error ZF", line, StringComparison.Ordinal));
        return [.. lines.Select(line => line[(line.IndexOf("error ", StringComparison.Ordinal) + "error ".Length)..].Trim()).Select(line => line.Split(" [")[0])];
    }

    private static string[] Lines(string target, params string[] properties) => Lines(target, 1, properties);

    private static string[] Lines(string target, int expected, params string[] properties)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", $"-t:{target}", .. properties.Select(property => $"-p:{property}")]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.Equal(expected, process.ExitCode);
        return lines;
    }
}
