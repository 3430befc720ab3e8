using System.Globalization;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Cli.Training;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Measures;
using ZfDecl.Messages;
using ZfDecl.Runs;
using ZfDecl.Training;
using ZfDecl.Training.Logs;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Train</c>: trains a network and leaves a run, or goes on with one that was stopped or killed.</summary>
internal static class TrainCommand
{
    private const int ClassesShown = 12;

    public static int Run(RunContext context) => context.Settings.IsGiven(SettingTable.TrainingFolds) && !context.Settings.IsGiven(SettingTable.Fold)
        ? new FoldedTraining(context, Train).Run()
        : Train(context);

    private static int Train(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        var entry = context.Network();
        var info = entry.Info;
        info.NeedClasses();
        var (run, artifacts, folder) = (context.RunName(), context.Artifacts(), context.Data(info));
        if (run == RunNames.Untrained)
            throw new ZfDeclException("ZF1206", $"'{run}' stands for weights as they are before any training; choose another name with -p:Run=…");
        var recipe = RecipeSettings.Of(settings, info);
        var options = new TrainingOptions
        {
            Recipe = recipe.Train,
            Seed = settings.Value(SettingTable.Seed),
            Device = context.Device(),
            SyncsBatchNorm = settings.IsGiven(SettingTable.BatchNorm) && settings.Value(SettingTable.BatchNorm),
        };
        var (selection, holdout, fold, listRoot) = (context.Classes(), context.Holdout(), context.Fold(), context.ListRoot());
        var (start, goesOn, isDry, duplicates) = (StartOfTraining.Choose(context, info), settings.Value(SettingTable.Resume), DryRun.IsWanted(context), new NearDuplicates(context));
        if (isDry)
            context.NeedAlone(SettingTable.DryRun);
        log.Say($"{info.Name}: {info.Summary}");
        settings.Report(log);

        using var found = ImageFolder.Open(folder, new(info.Input, recipe.Preprocess, options.Seed, log) { Holdout = holdout, Fold = fold, ListRoot = listRoot }).Only(selection);
        log.Say($"{folder}: {found.Description}");
        options = options with { Recipe = LeastSteps.Of(context, options.Recipe, found.Train.Count) };
        var classes = found.Train.Classes.Count;
        if (classes != info.Classes)
            log.Say($"the data has {classes} classes, so the last layer gets {classes} units instead of {info.Classes}");
        using var network = entry.Create(classes);
        SharedTraining.Check(context.Group, network, found, options);
        if (context.Group.Rank > 0)
            return SharedTraining.Assist(context, network, found, recipe.Preprocess, options);
        var known = found.InOrderOf(start?.Classes ?? found.Train.Classes);
        var weights = start?.WeightsFor(known.Train.Classes);
        var begun = RunRecord.Begin(info, known, options.Seed, context.Recorded(), context.CommandOf("Train")) with
        {
            Parent = weights is null ? null : start!.ParentOf(weights, network),
            Group = LaunchedGroup.Recorded(context),
        };
        if (isDry)
        {
            DryRun.SayOfTraining(context, network, found, new(info.Input, found.Train.Shape, recipe.Preprocess, Statistics(found)), options);
            return 0;
        }
        var (path, title) = (RunDirectory.PathOf(artifacts, info.Name, run), $"{info.Name}  ·  run {run}");
        if (goesOn && LastMoments.Complete(path, title, begun, info.ResolvedSpec, log))
        {
            log.Say($"results: {path}");
            SharedTraining.Cancel(context.Group);
            return 0;
        }
        if (fold is not null && goesOn && FinishedRun.Find(path, begun, info) is { } finished)
        {
            log.Say($"it is finished already: {finished.Path}");
            SharedTraining.Cancel(context.Group);
            return 0;
        }
        using var directory = goesOn ? RunDirectory.OpenToResume(artifacts, run, begun, info, log) : RunDirectory.OpenForTraining(artifacts, info.Name, run, log);
        using var data = found.InOrderOf(directory.Classes ?? known.Train.Classes);
        if (data != found && directory.Classes is not null)
            log.Say($"the run goes on with its classes in the order that it was begun with: {string.Join(", ", data.Train.Classes.Take(ClassesShown))}{(data.Train.Classes.Count > ClassesShown ? " …" : "")}");
        var decided = directory.Statistics ?? start?.StatisticsFor(info.Input);
        SharedTraining.Begin(context.Group, data, decided);
        var statistics = decided ?? Statistics(data);
        var preprocessor = new Preprocessor(info.Input, data.Train.Shape, recipe.Preprocess, statistics);
        directory.Begin(info, statistics, begun);
        if (directory.Checkpoint is null)
        {
            duplicates.Say(data, folder, directory.Path);
            if (begun.Parent is { } parent)
                log.Say($"it begins with the weights of {parent.Name}{(parent.Epoch is { } epoch ? $", epoch {epoch}" : "")}{(parent.NewLayers.Count == 0 ? "" : $"; new: {string.Join(", ", parent.NewLayers)}")}");
        }
        var trainer = new Trainer(network, data, preprocessor, directory, log)
        {
            Group = context.Group,
            Start = weights,
            StaysResumable = true,
            Watchers = [new TensorBoardLog(directory.Path), new CurvesPicture(directory.Path, title)],
        };
        var result = trainer.Train(options, context.Stop);
        if (!result.Stopped)
        {
            WeightsFile.LoadInto(directory.WeightsPath, network);
            var kept = SharedTraining.Classify(context, network, data, preprocessor, options);
            result = result with { Validation = AccuracyFigures.Of(kept.Matrix) };
            directory.SaveResult(result, finished: true);
        }
        Conclude(context, result, directory, data);
        return result.Stopped ? ExitCode.Interrupted : 0;

        ImageStatistics Statistics(ImageData images) => start?.StatisticsFor(info.Input) ?? context.StatisticsCache().Of(images, info.Input, log, context.Group);
    }

    private static void Conclude(RunContext context, TrainingResult result, RunDirectory directory, ImageData data)
    {
        var log = context.Log;
        if (result.Best is { } best && result.Final is { } final)
        {
            log.Say(string.Create(CultureInfo.InvariantCulture,
                $"accuracy on the {data.Validation.Count:N0} validation images: {1 - best.ValTop1Error:P2} with the kept weights, of epoch {best.Epoch}; {1 - final.ValTop1Error:P2} after {(result.Stopped ? $"epoch {final.Epoch}, the last that was finished" : "the last epoch")}"));
            foreach (var sentence in result.Validation?.Sentences() ?? [])
                log.Say(sentence);
            if (data.TestValidates)
                log.Say("these are the test images of the data set, which also chose the epoch, so the figure flatters a little; -p:Holdout=0.1 takes validation images from the training images instead");
            log.Say(string.Create(CultureInfo.InvariantCulture, $"{result.Seconds:0} s, {result.ImagesPerSecond:N0} images/s{(result.ReductionShare is { } share ? $"; {share:P1} of the steps' time went into summing gradients over the ranks" : "")}"));
        }
        log.Say($"results: {directory.Path}");
        if (result.Stopped)
            log.Say("the same command goes on from there; with -p:Resume=no it starts anew and keeps this run aside");
        log.Say($"see how it does class by class: {context.Command("Evaluate")}");
        if (data.Test is { Count: > 0 } test)
            log.Say(string.Create(CultureInfo.InvariantCulture, $"measure it once on the {test.Count:N0} test images that are held out: {context.Command("Evaluate")} -p:Split=test"));
        log.Say($"see what its feature maps have learned: {context.Command("Visualize")}");
    }
}
