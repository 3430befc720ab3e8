using ZfDecl.Cli.Opening;

namespace ZfDecl.Tests.Explore;

/// <summary>Tests of an explorer on the weights that come with the repository, beside the same run opened by the library alone.</summary>
public abstract class ExplorerTests : IAsyncLifetime, IDisposable
{
    internal RunningExplorer Explorer { get; private set; } = null!;

    internal OpenedRun Opened { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Explorer = await RunningExplorer.Start();
        Opened = Explorer.OpenAgain();
    }

    public async Task DisposeAsync() => await Explorer.DisposeAsync();

    public void Dispose()
    {
        Opened.Dispose();
        GC.SuppressFinalize(this);
    }
}
