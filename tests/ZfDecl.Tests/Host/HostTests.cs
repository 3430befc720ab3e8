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

    private int Run(IReadOnlyList<NetworkEntry> networks, params string[] args) => new Cli.Host(networks, output, errors).Run(args);
}
