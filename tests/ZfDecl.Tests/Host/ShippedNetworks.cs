using ZfDecl.Models;

namespace ZfDecl.Tests.Host;

/// <summary>Tests of the host in this process, on the declared networks and the weights that come with the repository.</summary>
public abstract class ShippedNetworks : IDisposable
{
    private protected readonly TemporaryFolder artifacts = new();
    private protected readonly StringWriter output = new();
    private protected readonly StringWriter errors = new();

    public void Dispose()
    {
        artifacts.Dispose();
        output.Dispose();
        errors.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a verb in the repository, with a folder of artifacts of the test's own.</summary>
    /// <returns>The exit code.</returns>
    private protected int Run(string verb, params string[] settings) => Host(verb, [$"--root={Repository.Root}", $"--artifacts={artifacts.Path}", .. settings]);

    /// <summary>Runs a verb.</summary>
    /// <returns>The exit code.</returns>
    private protected int Host(string verb, string[] settings) => new Cli.Host(DeclaredNetworks.All, output, errors).Run([verb, .. settings]);

    /// <summary>Where an analysis of the network Fashion goes.</summary>
    private protected string Folder(string run, string analysis) => Path.Combine(artifacts.Path, "Fashion", run, analysis);
}
