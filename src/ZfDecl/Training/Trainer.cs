using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Kernels;
using ZfDecl.Networks.Recipes;
using ZfDecl.Runs;
using ZfDecl.Training.DataParallel;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// Trains a network: minibatch descent on the cross-entropy, validated after each epoch. On the CPU the same seed, data and number of threads give
/// the same weights to the byte, however often the training is stopped or killed and goes on. It sets TorchSharp's global seed, so one training runs
/// at a time in a process.
/// </summary>
public sealed class Trainer
{
    private const int StepsBetweenNotes = 20;

    private readonly ConvNet network;
    private readonly ImageData data;
    private readonly Preprocessor preprocessor;
    private readonly RunDirectory? run;         // null where another rank keeps it
    private readonly IRunLog log, rounds;
    private string lastDead = "";

    /// <param name="network">What is trained; stays the caller's.</param>
    /// <param name="data">What it is trained on; stays the caller's.</param>
    /// <param name="preprocessor">Made for the images and for the network's input.</param>
    /// <param name="run">Where weights, metrics and results go, begun (<see cref="RunDirectory.Begin"/>); stays the caller's. Null on all ranks but rank 0, which keeps it.</param>
    /// <param name="log">Shows the progress.</param>
    /// <exception cref="ZfDeclException">ZF1302: the data does not fit the network, or holds no images.</exception>
    public Trainer(ConvNet network, ImageData data, Preprocessor preprocessor, RunDirectory? run, IRunLog log)
    {
        var (classes, images, validation) = (data.Train.Classes.Count, data.Train.Count, data.Validation.Count);
        if (classes != network.Classes)
            throw new ZfDeclException("ZF1302", $"the data has {classes} classes, but network '{network.Info.Name}' was made for {network.Classes}");
        if (images == 0 || validation == 0)
            throw new ZfDeclException("ZF1302", $"there are {images} training and {validation} validation images; at least one of each is needed");
        this.network = network;
        this.data = data;
        this.preprocessor = preprocessor;
        this.run = run;
        (this.log, rounds) = (log, new RoundLog(log));
    }

    /// <summary>Who looks at the training between its epochs; nobody where omitted.</summary>
    public IReadOnlyList<ITrainingWatcher> Watchers { get; init; } = [];

    /// <summary>The ranks that train together, each with a part of every minibatch; this process alone unless set. Then <see cref="Train"/> is collective.</summary>
    public IProcessGroup Group { get; init; } = AloneGroup.Instance;

    /// <summary>What the network begins with instead of new weights; null for these.</summary>
    public StartingWeights? Start { get; init; }

    /// <summary>
    /// Whether the run stays one that could go on when it has ended, with its last checkpoint: for who needs the weights of the last step, not the best ones, and would
    /// otherwise train again where he is killed before he has used them.
    /// </summary>
    public bool StaysResumable { get; init; }

    /// <summary>
    /// Trains, from new weights, those of <see cref="Start"/>, or from the checkpoint that the run's folder was opened with. After each epoch a checkpoint is written, then
    /// <c>weights.safetensors</c> where the epoch is the best so far (<see cref="EpochMetrics.Best"/>), then the tables and <c>run.json</c>.
    /// </summary>
    /// <param name="options">The recipe, the seed and the device. The network is moved to the device and stays there.</param>
    /// <param name="stop">
    /// Ends the training after the step it is at, with a checkpoint. The best weights are kept; where no epoch was finished, those after the last step.
    /// </param>
    /// <returns>What it came to; the network holds the weights of its last step, the folder the best ones.</returns>
    /// <exception cref="ZfDeclException">
    /// ZF1301: the loss is infinite or not a number; ZF1303: a value of the recipe is out of its range; ZF1204: a file cannot be written;
    /// ZF1211: the checkpoint does not fit the network; ZF1405: what it begins with does not; ZF1568: the weights of two ranks differ.
    /// </exception>
    public TrainingResult Train(TrainingOptions options, CancellationToken stop = default)
    {
        options.Check(network.Info);
        random.manual_seed(options.Seed);
        if (Group.Rank == 0)
            Initialization.Apply(network, options.Recipe.InitialStd);
        if (run is { Checkpoint: null })
            Start?.CopyInto(network);
        network.to(options.Device);
        using var learner = new Learner(network, options, data.Train.Count, ClassWeights.Of(options.Recipe.ClassWeights, data.Train), Group);
        var state = new TrainingState(network, learner, options, run);
        if (run?.Checkpoint is { } checkpoint)
            Resume(checkpoint, state);
        state.Share(Group);
        var gaps = new MallocTrim();
        var agreement = new StepAgreement(Group, () => state.IsSavingDue, stop);
        while (!state.IsAtEnd && RunEpoch(state, agreement, stop) is { } metrics)
        {
            RankAgreement.CheckWeights(Group, network, metrics.Epoch);
            var deadMaps = run is null ? ReadOnlyDictionary<string, int>.Empty : DeadMaps.Count(network, data, preprocessor, options.Device);
            var isBest = state.EndEpoch(metrics, deadMaps);
            log.Say(string.Create(CultureInfo.InvariantCulture,
                $"epoch {metrics.Epoch}/{options.Recipe.Epochs}: loss {metrics.TrainLoss:0.000}, error {metrics.TrainError:P1}; validation loss {metrics.ValLoss:0.000}, "
                + $"error {metrics.ValTop1Error:P1}{(isBest ? ", the best so far" : "")}; {metrics.ImagesPerSecond:0} images/s"));
            SayWhichAreDead(metrics.Epoch, deadMaps);
            Tell(watcher => watcher.Reached(state.Reached, network));
            gaps.GiveBack();
        }
        var result = state.Result;
        if (result.EndedEarly)
            SayWhyItEnds(state.Reached, options.Recipe);
        if (result.Stopped)
            KeepWhatThereIs(state, result);
        Tell(watcher => watcher.Ended(state.Reached));
        run?.SaveResult(result, finished: !result.Stopped && !StaysResumable);              // last: what is finished is not gone on with
        return result;
    }

    private void Resume(Checkpoint checkpoint, TrainingState state)
    {
        state.Resume(checkpoint);
        var epochs = state.Options.Recipe.Epochs;
        log.Say(state.Partial is { } partial
            ? $"going on in epoch {state.Epoch} of {epochs}, after {partial.Steps} of its {state.Learner.StepsPerEpoch} steps"
            : $"going on after epoch {state.Epoch - 1} of {epochs}");
        if (state.Reached.Best is { } best)
            log.Say(string.Create(CultureInfo.InvariantCulture, $"kept so far: the weights of epoch {best.Epoch}, validation error {best.ValTop1Error:P1}"));
        var progress = state.Reached with { Partial = state.Partial };
        Tell(watcher => watcher.Reached(progress, network));
    }

    /// <returns>Null where the epoch was stopped before its validation was done.</returns>
    private EpochMetrics? RunEpoch(TrainingState state, StepAgreement agreement, CancellationToken stop)
    {
        var (epoch, learner, options) = (state.Epoch, state.Learner, state.Options);
        var learned = Learn(state, agreement);
        var began = Stopwatch.GetTimestamp();
        try
        {
            agreement.ThrowIfStopped();
            var (loss, error) = (learned.Loss / learned.Images, 1 - learned.Right / learned.Images);
            var validation = Evaluation.Measure(network, data.Validation, preprocessor, options.Recipe.Batch, options.Device, rounds, Group, stop);
            if (!double.IsFinite(validation.Loss))
                throw learner.Diverged(validation.Loss, "on the validation images", epoch, null);
            if (!Divergence.IsFinite(network))
                throw learner.Diverged(validation.Loss, "on the validation images", epoch, null);       // a rectified map hides what is not above 0
            var rate = learner.Schedule.At(learner.Steps - 1);
            learner.Schedule.EndEpoch(validation.Top1Error);
            return new(
                epoch, rate, loss, error, validation.Loss, validation.Top1Error, validation.Top5Error,
                data.Train.Count / learned.Seconds, learned.Seconds + Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested || !Group.IsAlone)
        {
            if (learner.Steps > 0)
                state.Save(learned);
            return null;
        }
    }

    /// <returns>The whole epoch, or what was learned of it until it was stopped.</returns>
    private PartialEpoch Learn(TrainingState state, StepAgreement agreement)
    {
        var (epoch, learner, options, before) = (state.Epoch, state.Learner, state.Options, state.Partial);
        var (began, steps) = (Stopwatch.GetTimestamp(), before?.Steps ?? 0);
        using var tally = new Tally(countsTop5: false, before is null ? default : new(before.Images, before.Loss, before.Right, 0));
        using var bar = rounds.Start($"epoch {epoch}/{options.Recipe.Epochs}", data.Train.Count, "images", done: before?.Images ?? 0);
        network.train();
        foreach (var batch in Batches.ForTraining(data.Train, preprocessor, options.Recipe.Batch, options.Seed, epoch, options.Device, (int)steps, new(Group.Rank, Group.Size)))
        {
            using (batch)
            {
                if (agreement.IsToStop)
                    break;
                if (Group.IsAlone)
                    learner.Learn(batch, tally, epoch);
                else
                    learner.LearnTogether(batch, tally, epoch, agreement);
                steps++;
                bar.Advance(batch.WholeLabels.Count, learner.Steps % StepsBetweenNotes == 0 ? Note(Sums()) : null);
                if (agreement.IsToSave)
                    state.Save(SoFar());
            }
        }
        return SoFar();

        // Read now and then, as a GPU has to finish its queue for it, and before anything is saved: no checkpoint is made of a network that has diverged.
        Tally.Sums Sums() => tally.Read() is var sums && double.IsFinite(sums.TotalLoss) ? sums : throw learner.Diverged(sums.Loss, "on the training images", epoch, null);

        PartialEpoch SoFar()
        {
            var sums = Sums();
            return new(steps, sums.Images, sums.TotalLoss, sums.Right, (before?.Seconds ?? 0) + Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
    }

    private void KeepWhatThereIs(TrainingState state, TrainingResult result)
    {
        if (run is null)
            return;
        var learner = state.Learner;
        if (learner.Steps == 0)
        {
            log.Say("stopped before the first step: nothing is kept");
            return;
        }
        if (result.Best is { } best)
        {
            log.Say(string.Create(CultureInfo.InvariantCulture, $"stopped after step {learner.Steps}: the weights of epoch {best.Epoch} (validation error {best.ValTop1Error:P1}) are kept in {run.WeightsPath}"));
        }
        else
        {
            run.SaveWeights(network);
            log.Say($"stopped in the first epoch: the weights after step {learner.Steps}, not validated, are kept in {run.WeightsPath}");
        }
        var (steps, epochs) = (learner.Steps - (state.Epoch - 1) * learner.StepsPerEpoch, state.Options.Recipe.Epochs);
        log.Say(steps == 0
            ? $"a checkpoint holds the end of epoch {state.Epoch - 1} of {epochs}"
            : $"a checkpoint holds epoch {state.Epoch} of {epochs}, after {steps} of its {learner.StepsPerEpoch} steps");
    }

    private void SayWhichAreDead(int epoch, IReadOnlyDictionary<string, int> deadMaps)
    {
        string[] dead = [.. deadMaps.Where(layer => layer.Value > 0).Select(layer => $"{layer.Value} of {network.Info.Layer(layer.Key).Output.Maps} in {layer.Key}")];
        var said = dead.Length > 0 ? $"{string.Join(", ", dead)} (positive nowhere in {DeadMaps.SampleSize(data)} validation images)" : "none any more";
        if (said == lastDead || (dead.Length == 0 && lastDead.Length == 0))
            return;
        log.Say($"epoch {epoch}: dead maps: {said}");
        lastDead = dead.Length == 0 ? "" : said;
    }

    private void SayWhyItEnds(TrainingProgress reached, TrainingRecipe recipe) => log.Say(string.Create(CultureInfo.InvariantCulture,
        $"the training ends after epoch {reached.Epochs.Count} of {recipe.Epochs}: for {recipe.Patience} epochs (patience) the validation error has not fallen below the {reached.Lowest!.ValTop1Error:P1} of epoch {reached.Lowest.Epoch}"));

    private void Tell(Action<ITrainingWatcher> what)
    {
        foreach (var watcher in Watchers)
            what(watcher);
    }

    private static string Note(Tally.Sums sums) => string.Create(CultureInfo.InvariantCulture, $"loss {sums.Loss:0.000}, error {sums.Top1Error:P1}");
}
