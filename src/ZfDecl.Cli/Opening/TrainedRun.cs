using ZfDecl.Analyses.Visualize;
using ZfDecl.Cli.Configuration;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Findings;
using ZfDecl.Generators.Language;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Search;

namespace ZfDecl.Cli.Opening;

/// <summary>A trained run that a verb looks at: the user's, or the weights that come with the repository.</summary>
/// <param name="Entry">The network.</param>
/// <param name="Name">The name of the run.</param>
/// <param name="Run">Its weights and its record; null for a network that is looked at untrained.</param>
/// <param name="Folder">The folder that what is found out about it goes to.</param>
/// <param name="Approved">The folder of its approved pictures.</param>
internal sealed record TrainedRun(NetworkEntry Entry, string Name, FinishedRun? Run, string Folder, string Approved)
{
    /// <summary>
    /// The run that the user names; else the default run; else, where that has not been trained, the weights under <c>specs/weights</c>.
    /// </summary>
    /// <exception cref="ZfDeclException">ZF1207: there is no such run; the message says what makes it.</exception>
    public static TrainedRun Choose(RunContext context)
    {
        var entry = context.Network(lookedAt: context.RunName());
        var (spec, artifacts) = (entry.Info.Name, context.Artifacts());
        var shipped = context.ShippedWeights(spec);
        var usual = context.Settings.IsGiven(SettingTable.Run) ? null : RunDirectory.PathOf(artifacts, spec, CommonSettings.DefaultRun);
        var falls = usual is not null && !RunDirectory.HasWeights(usual) && RunDirectory.HasWeights(shipped);
        var name = context.Settings.Value(SettingTable.Run, falls ? RunNames.Shipped : CommonSettings.DefaultRun);
        var path = RunDirectory.PathOf(artifacts, spec, name);
        var approved = Path.Combine(context.Specs, "snapshots", spec, name);
        context.Look(path);
        RunDirectory.Clean(path, context.Log);
        if (name == RunNames.Untrained)
            return new(entry, name, null, path, approved);
        var source = name == RunNames.Shipped && Directory.Exists(shipped) ? shipped : path;
        if (falls)
            context.Log.Say($"'{spec}' has not been trained here; these are the weights that come with it (train your own: dotnet msbuild -t:Train)");
        var run = Finished(context, source);
        RunDirectory.SayWhatIsUnsealed(source, context.Log);
        CheckPreprocessing(entry.Info, run);
        return new(entry, name, run, path, approved);
    }

    private static FinishedRun Finished(RunContext context, string folder)
    {
        try
        {
            return RunDirectory.OpenFinished(folder);
        }
        catch (ZfDeclException missing) when (missing.Code == RunDirectory.NoSuchRun && context.InSameArtifacts.Length > 0)
        {
            // The message ends with the command that makes the run.
            throw new ZfDeclException(missing.Code, missing.Message + context.InSameArtifacts, missing.File, missing);
        }
    }

    /// <summary>Weights that were trained on images seen otherwise would be shown wrong pictures.</summary>
    private static void CheckPreprocessing(NetworkInfo info, FinishedRun run)
    {
        // What an imported file does not say, its user writes into the spec.
        var isImported = run.Record.Imported is not null;
        var differences = RecipeSettings.OfEvaluation(info.Recipe.Preprocess)
            .Select(now => (now.Key, Now: now.Value, Then: run.Record.Settings.FirstOrDefault(then => then.Name == now.Key.Name)?.Value ?? Quiet(now.Key)))
            .Where(pair => !isImported && pair.Then is not null && pair.Then != pair.Now)
            .Select(pair => $"{PreprocessKeys.Section.Word}.{pair.Key.Name} was {pair.Then} and is {pair.Now}")
            .ToList();
        // A record is silent about a quiet default.
        static string? Quiet(Key key) => key.HasQuietDefault ? key.Show(key.DefaultValue) : null;
        if (run.Statistics.Mean.Length != info.Input.Count || run.Statistics.ChannelMean.Length != info.Input.Maps)
            differences.Add($"the images had {run.Statistics.Mean.Length:N0} values in {run.Statistics.ChannelMean.Length} channels, and input is {info.Input}");
        if (differences.Count > 0)
            throw new ZfDeclException("ZF1214", $"run '{run.Path}' was trained on images preprocessed otherwise than '{info.Name}' does now: {string.Join("; ", differences)}. Take the spec back, or train again", info.SpecFile);
    }

    /// <summary>The names of the classes that its network tells apart, in the order of its outputs: those it was trained on; untrained, those of the data that it is shown.</summary>
    public IReadOnlyList<string> ClassesOn(ImageData data) => Run?.Record.Classes ?? data.Objects?.Classes ?? data.Train.Classes;

    /// <summary>The folder of its feature maps' pictures.</summary>
    public string Pictures => Path.Combine(Folder, "visualize");

    /// <summary>Where its weights come from, in a few words: <c>run default, epoch 27</c>.</summary>
    public string Weights => this switch
    {
        { Run: null } => "untrained",
        { Run.Record.Result.Best: { } best } => FormattableString.Invariant($"run {Name}, epoch {best.Epoch}"),
        _ => $"run {Name}",
    };

    /// <summary>The folder that its evaluation goes to.</summary>
    public string Evaluation => Path.Combine(Folder, AnalysisKinds.Evaluate.Folder);

    /// <summary>Its pictures against the approved ones.</summary>
    public PictureSnapshots Snapshots => new(Pictures, Approved, FeatureLayers.Shown(Entry.Info));

    /// <summary>The share of the training images that validated in its training, so that its split is found again; null for none, or where other images are looked at.</summary>
    /// <param name="context">The verb's.</param>
    /// <param name="folder">The folder of images that is looked at.</param>
    public double? Holdout(RunContext context, string folder) => IsTrainedOn(context, folder) ? Run!.Record.Holdout : null;

    /// <summary>The fold of the training images that validated in its training, likewise.</summary>
    /// <inheritdoc cref="Holdout"/>
    public DataFold? Fold(RunContext context, string folder) => IsTrainedOn(context, folder) ? Run!.Record.Fold : null;

    private bool IsTrainedOn(RunContext context, string folder) =>
        context.TrainedOn(Run?.Record) is { } trained && Path.TrimEndingDirectorySeparator(folder) == Path.TrimEndingDirectorySeparator(trained);

    /// <summary>The seed: the one that is named for this verb, else the one the run was trained with.</summary>
    public int Seed(RunContext context) => Run is { } run ? context.Settings.Value(SettingTable.Seed, run.Record.Seed, SettingOrigin.Run) : context.Settings.Value(SettingTable.Seed);

    /// <summary>The folder of images: the one that is named for this run, else the one it was trained on, else the spec's.</summary>
    /// <exception cref="ZfDeclException">ZF1004: none of them names one.</exception>
    public string Data(RunContext context)
    {
        var folder = context.TrainedOn(Run?.Record);
        return folder is not null && ImageFolder.Exists(folder) ? context.Settings.FilePath(SettingTable.Data, folder, SettingOrigin.Run, ImageFolder.BuiltIn)! : context.Data(Entry.Info);
    }
}
