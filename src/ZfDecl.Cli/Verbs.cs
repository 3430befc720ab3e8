using ZfDecl.Cli.Commands;
using ZfDecl.Cli.Configuration;
using ZfDecl.Generators.Language;

namespace ZfDecl.Cli;

/// <summary>What the host can do, and the settings that each of it takes.</summary>
internal static class Verbs
{
    // Of every verb that looks at a run; and of those that also open its images.
    private static readonly Key[] OfRun = [SettingTable.Spec, SettingTable.Run, SettingTable.Artifacts, SettingTable.Data, SettingTable.Root];
    private static readonly Key[] Opened = [.. OfRun, SettingTable.Classes, SettingTable.Holdout, SettingTable.Device, SettingTable.Threads, SettingTable.Seed];
    private static readonly Key[] Looked = [.. Opened, SettingTable.Split];
    private static readonly Key[] Launched = [SettingTable.Launch, SettingTable.Hosts, SettingTable.Timeout];
    private static readonly Key[] Rules = [SettingTable.Rule, SettingTable.Unpool];
    private static readonly Key[] Pictures = [.. Looked, VisualizeKeys.Layers, VisualizeKeys.Top, SettingTable.PerImage, SettingTable.Maps, .. Rules];
    private static readonly Key[] FewShot = [.. Opened, SettingTable.PerClass, SettingTable.Folds, SettingTable.Overlap, SettingTable.Crops];
    private static readonly Key[] Compared =
        [SettingTable.Artifacts, SettingTable.Data, SettingTable.Root, SettingTable.Classes, SettingTable.Holdout, SettingTable.Device, SettingTable.Threads, SettingTable.Seeds, SettingTable.Resume, SettingTable.Jobs, .. Launched, .. RecipeSettings.Keys];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Verb> All { get; } =
    [
        new("train", "Trains a network.",
            [.. Opened, SettingTable.Resume, SettingTable.Start, SettingTable.TrainingFolds, SettingTable.Fold, SettingTable.TrainingOverlap, SettingTable.DryRun, .. Launched, SettingTable.BatchNorm, .. RecipeSettings.Keys], TrainCommand.Run),
        new("evaluate", "Measures how well a trained network classifies images.", [.. Opened, SettingTable.SplitOrAll, SettingTable.Crops, TrainKeys.Batch, SettingTable.Runs, .. Launched], EvaluateCommand.Run),
        new("predict", "Says what a network takes pictures for, or what it yields for tensors.", [.. Looked, SettingTable.Pictures, SettingTable.Input, SettingTable.Out, SettingTable.Overwrite, VisualizeKeys.Layers], PredictCommand.Run),
        new("visualize", "Shows what the feature maps of a trained network respond to.", [.. Pictures, SettingTable.Shard, SettingTable.DryRun, .. Launched], VisualizeCommand.Run),
        new("evolve", "Shows how what feature maps respond to changed during training.", [.. Looked, VisualizeKeys.Layers, SettingTable.Maps, .. Rules], EvolveCommand.Run),
        new("invariance", "Measures what moving, enlarging and turning images does to features.", [.. Looked, VisualizeKeys.Layers, SettingTable.Images], InvarianceCommand.Run),
        new("correspond", "Measures whether the same parts of different images correspond in a network.", [.. Looked, SettingTable.Parts, VisualizeKeys.Layers], CorrespondCommand.Run),
        new("diagnose", "Finds dead, dominant and aliased filters.", [.. Looked, SettingTable.Against], DiagnoseCommand.Run),
        new("merge-shards", "Joins the parts of a divided search and makes its pictures.", Pictures, VisualizeCommand.Merge),
        new("project", "Projects units of one image down to its pixels.",
            [.. Looked, SettingTable.Image, SettingTable.Layer, SettingTable.WholeLayer, SettingTable.Map, SettingTable.At, SettingTable.Out, .. Rules], ProjectCommand.Run),
        new("occlude", "Covers images position by position, and shows what the network makes of them.", [.. Looked, SettingTable.Image, SettingTable.Class, SettingTable.Layer, SettingTable.WatchedMap, SettingTable.Size, SettingTable.Stride], OccludeCommand.Run),
        new("explain", "Makes one page on why a network takes an image for a class.",
            [.. Looked, SettingTable.Image, SettingTable.ExplainedClass, SettingTable.Layer, SettingTable.WatchedMap, SettingTable.Size, SettingTable.Stride, SettingTable.Compared], ExplainCommand.Run),
        new("trust", "Measures how far the pictures of a network show what it looks at.", [.. Looked, SettingTable.ImageCount, SettingTable.Layer, SettingTable.Size, SettingTable.Stride], TrustCommand.Run),
        new("explore", "Shows a network live in the browser.", [.. Looked, SettingTable.Epoch, SettingTable.Port, SettingTable.Open], null),
        new("snapshot-test", "Compares the pictures of a run with the approved ones.", [.. Pictures, SettingTable.Render], SnapshotTestCommand.Run),
        new("approve", "Approves the pictures of a run.", OfRun, ApproveCommand.Run),
        new("report", "Makes one page of all that a run has left.", [.. OfRun, SettingTable.Against, SettingTable.Format], ReportCommand.Run),
        new("transfer", "Tries a trained network on other classes with few images.", [.. FewShot, SettingTable.Layer, SettingTable.Classifier, SettingTable.Scratch, .. Launched], TransferCommand.Run),
        new("analyze-features", "Compares the layers of a trained network as features.", [.. FewShot, VisualizeKeys.Layers, .. Launched], AnalyzeFeaturesCommand.Run),
        new("ablate", "Trains the networks of a study, and compares them.", [SettingTable.Study, SettingTable.Spec, .. Compared], AblateCommand.Run),
        new("sweep", "Trains with every combination of some settings, and compares them.", [SettingTable.Sweep, SettingTable.Spec, SettingTable.Specs, .. Compared], SweepCommand.Run),
        new("import", "Makes a spec and a run of a network that another program has written, or a run of weights for a declared one.",
            [SettingTable.From, SettingTable.Package, SettingTable.Spec, SettingTable.ImportedRun, SettingTable.Mean, SettingTable.Name, SettingTable.Labels, SettingTable.ImageSize, SettingTable.Artifacts], ImportCommand.Run),
        new("export", "Writes a network for other programs.",
            [SettingTable.Spec, SettingTable.Run, SettingTable.Artifacts, SettingTable.Data, SettingTable.Seed, SettingTable.To, SettingTable.Opset, SettingTable.PreprocessInside, SettingTable.ExportOut, SettingTable.Overwrite], ExportCommand.Run),
        new("runs", "Lists the runs there are, compares some, or deletes some.", [SettingTable.Spec, SettingTable.Artifacts, SettingTable.Compare, SettingTable.Remove], RunsCommand.Run),
        new("list", "Lists the declared networks.", [], ListCommand.Run),
        new("doctor", "Looks at what commands need of this machine.", [SettingTable.Artifacts], DoctorCommand.Run),
    ];

    /// <summary>Every setting, by name; of those that verbs take in different forms, the one that the first of them takes.</summary>
    public static IReadOnlyList<Key> Settings { get; } = [.. All.SelectMany(verb => verb.Settings).DistinctBy(key => key.Name)];
}
