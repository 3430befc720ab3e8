using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Explore.Computing;
using ZfDecl.Explore.Endpoints;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Serving;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Explore;

/// <summary><c>-t:Explore</c>: shows a network live in the browser, until it is asked to stop.</summary>
internal static class ExploreCommand
{
    /// <summary>What this program does, by the name of its verb.</summary>
    public static IReadOnlyDictionary<string, Func<RunContext, int>> Program { get; } = new Dictionary<string, Func<RunContext, int>> { ["explore"] = context => Run(context).GetAwaiter().GetResult() };

    private static async Task<int> Run(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        var source = TrainedRun.Choose(context);
        var port = settings.IsGiven(SettingTable.Port) ? settings.Value(SettingTable.Port) : 0;
        var opens = settings.Value(SettingTable.Open);
        var opened = OpenedRun.Open(context, source, several: true);
        var limits = new ExploreLimits();
        using var explored = new Explored(opened, new(limits.KeptBytes));
        if (explored.Images.Count == 0)
            throw new ZfDeclException("ZF1431", "there are no images in this split; choose another `split`");
        using var worker = new Worker();
        await using var server = await ExploreServer.Start(port, limits, new ExploreApi(explored, worker, limits, log, log.Spell).Handle).ConfigureAwait(false);
        log.Say($"open {server.FirstAddress} (Ctrl+C ends it)");
        if (opens)
            Browser.Open(server.MakeAddressForOnce());
        try
        {
            await Task.Delay(Timeout.Infinite, context.Stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            log.Say("ended");
        }
        return 0;
    }
}
