using ZfDecl.Cli.Configuration;

namespace ZfDecl.Tests.Host;

/// <summary>Specs and studies are found by one rule.</summary>
public sealed class SpecFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SpecFolderTests()
    {
        foreach (var name in (string[])["net.yaml", "mine/deep/other.yml", "studies/usual.yaml", "mine/studies/own.yml", "weights/Net/spec.yaml", "notes.txt"])
            File.WriteAllText(folder["specs", name], "");
    }

    [Theory]
    [InlineData("usual", "studies/usual.yaml")]
    [InlineData("own", "mine/studies/own.yml")]
    [InlineData("mine/studies/own", "mine/studies/own.yml")]
    [InlineData("other.yml", "mine/deep/other.yml")]
    [InlineData("spec", null)]           // of a shipped run
    [InlineData("notes", null)]
    [InlineData("sual", null)]
    public void AFileIsFoundAtAnyDepthWithEitherEnding(string name, string? file) =>
        Assert.Equal(file is null ? null : folder["specs", file], new SpecFolder(folder["specs"]).Find(name));

    [Fact]
    public void StudiesAreThoseInFoldersOfThatName() => Assert.Equal(["own", "usual"], new SpecFolder(folder["specs"]).Studies);

    public void Dispose() => folder.Dispose();
}
