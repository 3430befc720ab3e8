using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Explore.Computing;
using ZfDecl.Explore.Endpoints;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Problems;
using ZfDecl.Explore.Serving;
using ZfDecl.Messages;

namespace ZfDecl.Explore;

/// <summary>A run that is shown live, until this is disposed.</summary>
internal sealed class Explorer : IAsyncDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly Explored explored;

    private Explorer(Explored explored, ExploreServer server, CancellationTokenSource stop, Worker worker) => (this.explored, Server, this.stop, Worker) = (explored, server, stop, worker);

    /// <summary>What computes; owned by this object.</summary>
    public Worker Worker { get; }

    /// <summary>The run that is looked at; owned by this object.</summary>
    public OpenedRun Opened => explored.Opened;

    /// <summary>Where it is.</summary>
    public ExploreServer Server { get; }

    /// <summary>Opens a run and serves it.</summary>
    /// <param name="context">What the user has set.</param>
    /// <param name="limits">How much a browser may ask for; the usual where omitted.</param>
    /// <exception cref="ZfDeclException">ZF1802: the port cannot be had; ZF1811: there are no images; or why the run cannot be opened.</exception>
    public static async Task<Explorer> Start(RunContext context, ExploreLimits? limits = null)
    {
        var settings = context.Settings;
        var source = TrainedRun.Choose(context);
        var port = settings.IsGiven(SettingTable.Port) ? settings.Value(SettingTable.Port) : 0;
        int? epoch = settings.IsGiven(SettingTable.Epoch) ? settings.Value(SettingTable.Epoch) : null;
        limits ??= new();
        var explored = new Explored(OpenedRun.Open(context, source, several: true), new(limits.KeptBytes));
        var (stop, worker) = (CancellationTokenSource.CreateLinkedTokenSource(context.Stop), new Worker());
        try
        {
            if (explored.Images.Count == 0)
                throw RequestErrors.NoImage("there are no images in this split; choose another `split`");
            if (epoch is not null)
                _ = explored.Nets[0].After(epoch);          // one that was not kept is said now
            var api = new ExploreApi(explored, worker, limits, new(context, source), context.Log, context.Log.Spell, stop.Token);
            var server = await ExploreServer.Start(port, limits, api.Handle, epoch is null ? "" : FormattableString.Invariant($"#epoch={epoch}")).ConfigureAwait(false);
            return new(explored, server, stop, worker);
        }
        catch
        {
            worker.Dispose();
            explored.Dispose();
            stop.Dispose();
            throw;
        }
    }

    /// <summary>Ends the server, then what computes, then what it computes with.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await Server.DisposeAsync().ConfigureAwait(false);
        Worker.Dispose();
        explored.Dispose();
        stop.Dispose();
    }
}
