using ZfDecl.Cli.Configuration;
using ZfDecl.Explore.Serving;

namespace ZfDecl.Explore;

/// <summary><c>-t:Explore</c>: shows a network live in the browser, until it is asked to stop.</summary>
internal static class ExploreCommand
{
    /// <summary>What this program does, by the name of its verb.</summary>
    public static IReadOnlyDictionary<string, Func<RunContext, int>> Program { get; } = new Dictionary<string, Func<RunContext, int>> { ["explore"] = context => Run(context).GetAwaiter().GetResult() };

    private static async Task<int> Run(RunContext context)
    {
        var opens = context.Settings.Value(SettingTable.Open);
        await using var explorer = await Explorer.Start(context).ConfigureAwait(false);
        context.Log.Say($"open {explorer.Server.FirstAddress} (Ctrl+C ends it)");
        if (opens)
            Browser.Open(explorer.Server.MakeAddressForOnce());
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = context.Stop.Register(ended.SetResult);
        await ended.Task.ConfigureAwait(false);
        context.Log.Say("ended");
        return 0;
    }
}
