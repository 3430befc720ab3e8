using ZfDecl.Cli.Configuration;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Tests.Host;

public sealed class HostTests : IDisposable
{
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly StringWriter errors = new() { NewLine = "\n" };

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public void ListShowsEachNetworkInALineAndTheVersion()
    {
        var code = Run([DeclaredForTests.Network("Zf8", "specs/zf8.yaml"), DeclaredForTests.Network("Fashion", "specs/fashion.yaml")], "list", "--root=/somewhere");

        Assert.Equal(0, code);
        Assert.Equal(
            $"""
            name     input    layers  parameters  multiply-adds  spec                summary
            Zf8      1×28×28       0           0              0  specs/zf8.yaml      The network Zf8.
            Fashion  1×28×28       0           0              0  specs/fashion.yaml  The network Fashion.
            ZfDecl {RunVersions.Current.ZfDecl}

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public void ASettingOfAnotherVerbIsNoErrorButNamed()
    {
        Assert.Equal(0, Run([], "list", "--data=@/path with space/x", "--learning-rate=-1"));
        Assert.EndsWith("this command has no such setting, so it changed nothing: -p:Data, -p:LearningRate\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownVerbIsACodedErrorOnStandardError()
    {
        Assert.Equal(1, Run([], "trian"));
        Assert.Contains("error ZF1001: ", errors.ToString(), StringComparison.Ordinal);
    }

    private static readonly BrokenNetwork[] Broken =
    [
        new("Heir", "specs/heir.yaml", "Wrong", []),
        new(null, "specs/unread.yaml", null, [new(5, 5, "ZF0001", "the '{' that opens here is not closed: a '}' is missing")]),
        new("Wrong", "specs/wrong.yaml", null, [new(5, 18, "ZF0101", "layer 'fc2' has no key 'unit'"), new(6, 17, "ZF0104", "'train': 'batch' is '0'")]),
    ];

    [Fact]
    public void AVerbSaysWhatIsWrongInSpecsThatItDoesNotAskForAndEndsWell()
    {
        Assert.Equal(0, RunBeside(Broken, "list"));
        Assert.Equal("", errors.ToString());
        Assert.StartsWith(
            """
            /somewhere/specs/unread.yaml(5,5): error ZF0001: the '{' that opens here is not closed: a '}' is missing
            /somewhere/specs/wrong.yaml(5,18): error ZF0101: layer 'fc2' has no key 'unit'
            /somewhere/specs/wrong.yaml(6,17): error ZF0104: 'train': 'batch' is '0'

            """.ReplaceLineEndings("\n"), output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ListMarksWhatIsLeftOut()
    {
        RunBeside(Broken, "list");
        var rows = output.ToString().Split('\n').Where(row => row.Contains("LEFT OUT", StringComparison.Ordinal)).Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(
            ["Heir specs/heir.yaml LEFT OUT: it extends 'Wrong', whose spec has errors", "? specs/unread.yaml LEFT OUT: its spec has an error", "Wrong specs/wrong.yaml LEFT OUT: its spec has 2 errors"], rows);
    }

    [Theory]
    [InlineData("Wrong", "specs/wrong.yaml: error ZF1011: -p:Spec=Wrong: this network is left out, because its spec has 2 errors; mend what is said of it above")]
    [InlineData("heir", "specs/heir.yaml: error ZF1011: -p:Spec=heir: this network is left out, because it extends 'Wrong', whose spec has errors; mend what is said of it above")]
    [InlineData("specs/unread.yaml", "specs/unread.yaml: error ZF1011: -p:Spec=specs/unread.yaml: this network is left out, because its spec has an error; mend what is said of it above")]
    public void AVerbThatAsksForABrokenSpecFails(string asked, string error)
    {
        Assert.Equal(1, RunBeside(Broken, "evaluate", $"--spec={asked}"));
        Assert.Equal(error + "\n", errors.ToString());
        Assert.Contains("wrong.yaml(5,18): error ZF0101", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ANameThatNoSpecHasMayBeOneOfAFileThatCouldNotBeRead()
    {
        Assert.Equal(1, RunBeside(Broken, "evaluate", "--spec=Nowhere"));
        Assert.Contains("It may be one of specs/unread.yaml, which could not be read.", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ATrainingThatAStudyStartsDoesNotSayItAgain()
    {
        RunBeside(Broken, "list", Cli.Configuration.OptionNames.UntilInputEnds);
        Assert.DoesNotContain("error ZF0", output.ToString(), StringComparison.Ordinal);
    }

    private int Run(IReadOnlyList<NetworkEntry> networks, params string[] args) => new Cli.Host(networks, output, errors).Run(args);

    private int RunBeside(BrokenNetwork[] broken, params string[] args) =>
        new Cli.Host(new NetworkCatalog([DeclaredForTests.Network("Zf8", "specs/zf8.yaml")], broken), output, errors).Run([.. args, "--root=/somewhere"]);
}
