using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Cli.Studies;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using ZfDecl.Training;

namespace ZfDecl.Cli.Training;

/// <summary>What a training or a search will take, found by doing a little of it. Nothing is left on disk.</summary>
internal static class DryRun
{
    private const int WarmUpSteps = 2, MostSteps = 30, ValidationImages = 512;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Whether that is all the user wants.</summary>
    public static bool IsWanted(RunContext context) => context.Settings.IsGiven(SettingTable.DryRun) && context.Settings.Value(SettingTable.DryRun);

    /// <summary>Takes some steps, looks at some validation images, and says what all of the training will take.</summary>
    /// <param name="context">Train's.</param>
    /// <param name="network">The network, whose weights it changes.</param>
    /// <param name="data">The images.</param>
    /// <param name="preprocessor">Made for them.</param>
    /// <param name="options">How it would be trained.</param>
    public static void SayOfTraining(RunContext context, ConvNet network, ImageData data, Preprocessor preprocessor, TrainingOptions options)
    {
        var (recipe, log) = (options.Recipe, context.Log);
        Initialization.Apply(network, recipe.InitialStd);
        network.to(options.Device);
        using var learner = new Learner(network, options, data.Train.Count, ClassWeights.Of(recipe.ClassWeights, data.Train));
        using var tally = new Tally(countsTop5: false);
        network.train();
        var clock = new Stopwatch();
        var (timed, began) = (0, Stopwatch.GetTimestamp());
        for (var epoch = 1; timed < MostSteps && Stopwatch.GetElapsedTime(began) < Longest; epoch++)
        {
            foreach (var batch in Batches.ForTraining(data.Train, preprocessor, recipe.Batch, options.Seed, epoch, options.Device))
            {
                using (batch)
                    learner.Learn(batch, tally, epoch);
                context.Stop.ThrowIfCancellationRequested();
                timed += clock.IsRunning ? 1 : 0;
                if (!clock.IsRunning && learner.Steps >= WarmUpSteps)
                    clock.Start();
                if (timed >= MostSteps || Stopwatch.GetElapsedTime(began) >= Longest)
                    break;
            }
        }
        _ = tally.Read();                   // a GPU finishes its queue for it
        var secondsAStep = clock.Elapsed.TotalSeconds / Math.Max(1, timed);
        var some = Math.Min(ValidationImages, data.Validation.Count);
        using var looked = new SubsetImageSet(data.Validation, [.. Enumerable.Range(0, some)], label => label, data.Validation.Classes);
        began = Stopwatch.GetTimestamp();
        Evaluation.Measure(network, looked, preprocessor, recipe.Batch, options.Device, log, stop: context.Stop);
        var secondsAnImage = Stopwatch.GetElapsedTime(began).TotalSeconds / some;

        var secondsASaving = TimeSaving(network, learner);

        var steps = learner.StepsPerEpoch * recipe.Epochs;
        var (stays, meanwhile) = StudyDisk.Bytes([(recipe.Epochs, network.parameters().Sum(parameter => parameter.numel()))], processes: 1);
        log.Say(string.Create(CultureInfo.InvariantCulture,
            $"{Quantity.Of(recipe.Epochs, "epoch")} of {Quantity.Of((int)learner.StepsPerEpoch, "step")}, {steps:N0} steps of {1000 * secondsAStep:0.#} ms each, and {data.Validation.Count:N0} images validated after each epoch"));
        Say(context, (steps * secondsAStep) + (recipe.Epochs * ((data.Validation.Count * secondsAnImage) + secondsASaving)), stays, meanwhile);
    }

    /// <summary>Searches some images, projects some maps, and says what all of the search will take.</summary>
    /// <param name="context">Visualize's.</param>
    /// <param name="run">The run, and what is wanted of it.</param>
    public static void SayOfSearch(RunContext context, VisualizedRun run)
    {
        var search = run.Visualization;
        var parts = Math.Max(1, run.Opened.Images.Count / (2 * search.Batch));
        var began = Stopwatch.GetTimestamp();
        var found = search.FindStrongest(new Shard(1, parts));
        var searching = Stopwatch.GetElapsedTime(began).TotalSeconds * parts;
        var few = new FeatureVisualization(run.Opened.Network, run.Opened.Images, run.Opened.Preprocessor, search.Options with { Maps = MapSelection.Parse("random:2", seed: 1) }, context.Log);
        began = Stopwatch.GetTimestamp();
        var projected = few.Project(found).Sum(layer => layer.Maps.Sum(map => map.Units.Count));
        var secondsAUnit = Stopwatch.GetElapsedTime(began).TotalSeconds / Math.Max(1, projected);
        var units = search.Layers.Sum(layer => (long)search.MapsShown(layer) * search.Options.Top);
        // A projection and a patch each, once on the sheet and once for the report; pictures are compressed, so this is the most.
        var bytes = search.Layers.Sum(layer => new UnitWindow(layer.ReceptiveField, search.Input) is var window
            ? 4.0 * search.MapsShown(layer) * search.Options.Top * Math.Min(window.Height, search.Input.Height) * Math.Min(window.Width, search.Input.Width) * search.Input.Maps : 0);
        context.Log.Say(string.Create(CultureInfo.InvariantCulture, $"{run.Opened.Images.Count:N0} images are searched, then {units:N0} units projected at {1000 * secondsAUnit:0.#} ms each"));
        Say(context, searching + (units * secondsAUnit), bytes, 0);
    }

    /// <summary>How long it takes to save what is saved after an epoch: a checkpoint, of the weights, their velocities and the best ones.</summary>
    private static double TimeSaving(ConvNet network, Learner learner)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            using var scope = torch.NewDisposeScope();
            var weights = network.state_dict();
            var began = Stopwatch.GetTimestamp();
            SafeTensorsFile.Write(Path.Combine(folder.FullName, "checkpoint"), [.. weights, .. Named("velocity.", learner.Velocities), .. Named("best.", weights)]);
            return Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static IEnumerable<KeyValuePair<string, torch.Tensor>> Named(string prefix, IEnumerable<KeyValuePair<string, torch.Tensor>> tensors) =>
            tensors.Select(tensor => KeyValuePair.Create(prefix + tensor.Key, tensor.Value));
    }

    private static void Say(RunContext context, double seconds, double stays, double meanwhile)
    {
        using var process = Process.GetCurrentProcess();
        context.Log.Say($"time: about {Figures.Time(seconds)} on this machine as it is now");
        context.Log.Say($"memory: about {StudyDisk.Text(process.PeakWorkingSet64)}, the most that this trial has taken");
        context.Log.Say($"disk: about {StudyDisk.Text(stays)}{(meanwhile > 0 ? $", and {StudyDisk.Text(meanwhile)} more while it trains" : " at most")}{(StudyDisk.Free(context.Artifacts()) is { } free ? $"; {StudyDisk.Text(free)} are free" : "")}");
        context.Log.Say("nothing was kept: this was a dry run");
    }
}
