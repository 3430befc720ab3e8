using ZfDecl.Analyses.Visualize;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Cli.Training;
using ZfDecl.Runs;
using ZfDecl.Search;
using ZfDecl.Training.DataParallel;

namespace ZfDecl.Cli.Commands;

/// <summary>
/// <c>-t:Visualize</c>: shows what each feature map of a trained network responds to. With <c>-p:Shard=2/8</c> it does a part of the search and leaves it in
/// a file; <c>-t:MergeShards</c> joins these and makes the pictures.
/// </summary>
internal static class VisualizeCommand
{
    public static int Run(RunContext context)
    {
        var source = TrainedRun.Choose(context);
        if (DryRun.IsWanted(context))
        {
            context.NeedAlone(SettingTable.DryRun);
            using var run = VisualizedRun.Open(context, source);
            DryRun.SayOfSearch(context, run);
            return 0;
        }
        if (context.Settings.IsGiven(SettingTable.Shard))
        {
            context.NeedAlone(SettingTable.Shard);
            return Search(context, source);
        }
        return Conclude(context, source, Render(context, source));
    }

    /// <summary><c>-t:MergeShards</c>: what <c>-t:Visualize</c> makes, from the shards of its search.</summary>
    public static int Merge(RunContext context)
    {
        var source = TrainedRun.Choose(context);
        return Conclude(context, source, Render(context, source, Merge));

        IReadOnlyList<TopUnits> Merge(VisualizedRun run)
        {
            var found = run.Visualization.NothingFound();
            var count = ShardFile.Merge(FolderOfShards(source), run.Identity(), found);
            context.Log.Say($"{count} shards joined");
            return found;
        }
    }

    /// <summary>Makes the pictures of a run.</summary>
    /// <returns>The layers that have a new sheet.</returns>
    public static IReadOnlyList<string> Render(RunContext context, TrainedRun source) => Render(context, source, run => run.Visualization.FindStrongestTogether(context.Group));

    private static IReadOnlyList<string> Render(RunContext context, TrainedRun source, Func<VisualizedRun, IReadOnlyList<TopUnits>> search)
    {
        using var run = VisualizedRun.Open(context, source);
        RankAgreement.Check(context.Group, ("search", run.Identity().ToString()));
        var found = search(run);
        if (context.Group.Rank > 0)
            return [];
        NetworkRecord.Of(source.Entry.Info, run.Opened.Network.Classes).Write(source.Folder);
        LayerPictures.Write(run.Visualization, found, run.Opened.Images, run.Caption, source.Pictures, context.Log);
        return [.. run.Visualization.Layers.Select(layer => layer.Name)];
    }

    private static int Search(RunContext context, TrainedRun source)
    {
        var shard = Shard.Parse(context.Settings.Value(SettingTable.Shard, "1/1"))!.Value;
        using var run = VisualizedRun.Open(context, source);
        var path = ShardFile.Write(FolderOfShards(source), shard, run.Identity(), run.Visualization.FindStrongest(shard));
        context.Log.Say($"{path}; when all {shard.Count} are there: {context.Command("MergeShards", "data", "split", "layers", "top", "per-image", "maps", "rule", "unpool")}");
        return 0;
    }

    private static int Conclude(RunContext context, TrainedRun source, IReadOnlyList<string> layers)
    {
        context.Log.Say($"{layers.Count} {(layers.Count == 1 ? "sheet" : "sheets")} in {source.Pictures}");
        return 0;
    }

    private static string FolderOfShards(TrainedRun source) => Path.Combine(source.Folder, "shards");
}
