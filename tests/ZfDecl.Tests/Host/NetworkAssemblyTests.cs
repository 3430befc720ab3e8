using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Loading;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Host;

/// <summary>How the host finds the networks of an assembly that it is given.</summary>
public sealed class NetworkAssemblyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ItFindsTheNetworksTheBrokenOnesAndTheFolders()
    {
        var catalog = NetworkAssembly.Open(typeof(DeclaredNetworks).Assembly.Location);
        Assert.Equal(DeclaredNetworks.All.Select(entry => entry.Info.Name), catalog.All.Select(entry => entry.Info.Name));
        Assert.Equal(DeclaredNetworks.LeftOut, catalog.Broken);
        Assert.Equal(("specs", "artifacts", "Fashion"), (catalog.Specs, catalog.Artifacts, catalog.Default));
    }

    [Fact]
    public void AnAssemblyWithoutNetworksIsRefusedByName() =>
        Assert.Equal("ZF1702", Assert.Throws<ZfDeclException>(() => NetworkAssembly.Open(typeof(NetworkInfo).Assembly.Location)).Code);

    [Fact]
    public void WhatIsNoAssemblyAndWhatIsNotThereIsRefused()
    {
        File.WriteAllText(folder["no.dll"], "no assembly");
        foreach (var path in (string[])[folder["no.dll"], folder["nowhere.dll"]])
        {
            var error = Assert.Throws<ZfDeclException>(() => NetworkAssembly.Open(path));
            Assert.Equal(("ZF1701", path), (error.Code, error.File));
        }
    }

    [Fact]
    public void TheHostSaysItOnOneLineInTheFormOfMsBuild()
    {
        using var process = new HostProcess("list", $"--networks={folder["nowhere.dll"]}");
        Assert.Equal(1, process.Wait());
        Assert.StartsWith($"{folder["nowhere.dll"]}: error ZF1701: ", process.Said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', process.Said);
    }

    [Fact]
    public void OfSeveralNetworksTheOneIsMeantThatIsCalledAsTheProject()
    {
        NetworkEntry[] two = [DeclaredForTests.Network("Deep", "specs/deep.yaml"), DeclaredForTests.Network("MyNet", "specs/my-net.yaml")];
        Assert.Equal("MyNet", new NetworkCatalog(two) { Assembly = "/somewhere/my-net.dll" }.Default);
        Assert.Null(new NetworkCatalog(two) { Assembly = "/somewhere/Other.dll" }.Default);
    }

    [Fact]
    public void WhereNoneIsTheCommandAsksForAName()
    {
        using var errors = new StringWriter();
        NetworkEntry[] two = [DeclaredForTests.Network("Deep", "specs/deep.yaml"), DeclaredForTests.Network("Wide", "specs/wide.yaml")];
        Assert.Equal(1, new Cli.Host(two, TextWriter.Null, errors).Run(["evaluate", $"--root={folder.Path}"]));
        Assert.Equal("error ZF1704: several networks are declared; name one of them with -p:Spec: Deep, Wide\n", errors.ToString());
    }
}
