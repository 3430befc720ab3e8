using ZfDecl.Analyses.Evolve;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Generators.Language;
using ZfDecl.Imaging;
using ZfDecl.Messages;
using ZfDecl.Runs;
using ZfDecl.Search;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Evolve</c>: how what feature maps respond to changed during a training.</summary>
internal static class EvolveCommand
{
    private const string DefaultMaps = "random:6";

    // The epochs that the paper shows.
    private static readonly int[] Epochs = [1, 2, 5, 10, 20, 30, 40, 64];

    public static int Run(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        var source = TrainedRun.Choose(context);
        var info = source.Entry.Info;
        EpochSnapshot[] snapshots = [.. source.Run is { } run ? EpochSnapshot.Of(run.Path).Where(snapshot => Epochs.Contains(snapshot.Epoch)) : []];
        if (snapshots.Length == 0)
        {
            throw new ZfDeclException("ZF1435",
                $"'{source.Run?.Path ?? source.Name}' keeps no weights as they were after the epochs {string.Join(", ", Epochs)}: a training keeps them in its folder checkpoints. Train: dotnet msbuild -t:Train -p:Spec={info.Name}, and then: dotnet msbuild -t:Evolve -p:Spec={info.Name} -p:Run={CommonSettings.DefaultRun}",
                source.Run?.Path);
        }
        // The run's own weights are the end of the story.
        if (source.Run is { Record.Result.Best: { } best } own && best.Epoch > snapshots[^1].Epoch)
            snapshots = [.. snapshots, new(best.Epoch, own.WeightsPath)];
        var layers = settings.Choices(VisualizeKeys.Layers, FeatureLayers.Shown(info), [.. info.Layers.Select(layer => layer.Name)], RecipeSettings.Origin(info.Recipe, "visualize.layers"));
        var seed = source.Seed(context);
        var maps = MapSelection.Parse(settings.Value(SettingTable.Maps, DefaultMaps), seed);
        var rules = context.Rules();
        using var opened = OpenedRun.Open(context, source, several: true);

        var found = FeatureEvolution.Follow(opened.Network, snapshots, opened.Images, opened.Preprocessor, layers, maps, rules, log);
        var folder = Path.Combine(source.Folder, AnalysisKinds.Evolve.Folder);
        var caption = new SheetCaption { Network = info.Name, Data = FormattableString.Invariant($"{opened.Split}, {opened.Images.Count:N0} images{(rules.Described is { } other ? $", {other}" : "")}"), Weights = $"run {source.Name}" };
        var report = new EvolutionReport(found, info.Input, caption);
        ReplacedFolder.Write(folder, report.Write);
        foreach (var finding in report.Findings())
            log.Say(finding);
        log.Say($"{found.Count} pictures and units.csv in {folder}");
        return 0;
    }
}
