using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using ZfDecl.Data;
using ZfDecl.Networks;
using ZfDecl.Runs;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// Trains a network from new weights: minibatch descent on the cross-entropy, validated after each epoch. The same seed, data and number of threads
/// give the same weights to the byte. It sets TorchSharp's global seed, so one training runs at a time in a process.
/// </summary>
public sealed class Trainer
{
    private const int StepsBetweenNotes = 20;

    private readonly ConvNet network;
    private readonly ImageData data;
    private readonly Preprocessor preprocessor;
    private readonly RunDirectory run;
    private readonly IRunLog log;

    /// <param name="network">What is trained; stays the caller's.</param>
    /// <param name="data">What it is trained on; stays the caller's.</param>
    /// <param name="preprocessor">Made for the images and for the network's input.</param>
    /// <param name="run">Where weights, metrics and results go, begun (<see cref="RunDirectory.Begin"/>); stays the caller's.</param>
    /// <param name="log">Shows the progress.</param>
    /// <exception cref="ZfDeclException">ZF1302: the data does not fit the network, or holds no images.</exception>
    public Trainer(ConvNet network, ImageData data, Preprocessor preprocessor, RunDirectory run, IRunLog log)
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
        this.log = log;
    }

    /// <summary>
    /// Trains. After each epoch <c>metrics.csv</c> and <c>run.json</c> are brought up to date, and <c>weights.safetensors</c> where the validation
    /// error is the lowest so far (the first of equals).
    /// </summary>
    /// <param name="options">The recipe, the seed and the device. The network is moved to the device and stays there.</param>
    /// <param name="stop">
    /// Ends the training after the step it is at. The best weights are kept; where no epoch was finished, the weights as they are then.
    /// </param>
    /// <returns>What it came to; the network holds the weights of its last step, the folder the best ones.</returns>
    /// <exception cref="ZfDeclException">
    /// ZF1301: the loss is infinite or not a number; ZF1303: a value of the recipe is out of its range; ZF1204: a file cannot be written.
    /// </exception>
    public TrainingResult Train(TrainingOptions options, CancellationToken stop = default)
    {
        options.Check();
        var began = Stopwatch.GetTimestamp();
        random.manual_seed(options.Seed);
        Initialization.Apply(network, options.Recipe.InitialStd);
        network.to(options.Device);
        using var learner = new Learner(network, options, data.Train.Count);
        var epochs = new List<EpochMetrics>();
        while (epochs.Count < options.Recipe.Epochs && RunEpoch(epochs.Count + 1, learner, options, stop) is { } metrics)
        {
            epochs.Add(metrics);
            Keep(epochs, options, began);
        }
        var result = Summarize(epochs, options, began);
        if (result.Stopped)
            KeepWhatThereIs(learner, result);
        run.SaveResult(result, finished: true);
        return result;
    }

    /// <returns>Null where the epoch was stopped before its validation was done.</returns>
    private EpochMetrics? RunEpoch(int epoch, Learner learner, TrainingOptions options, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        if (Learn(epoch, learner, options, stop) is not { } learned)
            return null;
        var learning = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (!double.IsFinite(learned.Loss))
            throw learner.Diverged(learned.Loss, "on the training images", epoch, null);
        try
        {
            var validation = Evaluation.Measure(network, data.Validation, preprocessor, options.Recipe.Batch, options.Device, log, stop);
            if (!double.IsFinite(validation.Loss))
                throw learner.Diverged(validation.Loss, "on the validation images", epoch, null);
            var rate = learner.Schedule.At(learner.Steps - 1);
            learner.Schedule.EndEpoch(validation.Top1Error);
            return new(
                epoch, rate, learned.Loss, learned.Top1Error, validation.Loss, validation.Top1Error, validation.Top5Error,
                data.Train.Count / learning, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <returns>Null where it was stopped.</returns>
    private Tally.Means? Learn(int epoch, Learner learner, TrainingOptions options, CancellationToken stop)
    {
        using var tally = new Tally(options.Device, countsTop5: false);
        using var bar = log.Start($"epoch {epoch}/{options.Recipe.Epochs}", data.Train.Count, "images");
        network.train();
        foreach (var batch in Batches.ForTraining(data.Train, preprocessor, options.Recipe.Batch, options.Seed, epoch, options.Device))
        {
            using (batch)
            {
                if (stop.IsCancellationRequested)
                    return null;
                learner.Learn(batch, tally, epoch);
                bar.Advance(batch.Indices.Count, learner.Steps % StepsBetweenNotes == 0 ? Note(tally.Read()) : null);
            }
        }
        return tally.Read();
    }

    private void Keep(List<EpochMetrics> epochs, TrainingOptions options, long began)
    {
        var (last, soFar) = (epochs[^1], Summarize(epochs, options, began));
        var isBest = ReferenceEquals(last, soFar.Best);
        if (isBest)
            run.SaveWeights(network);
        run.SaveMetrics(epochs);
        run.SaveResult(soFar, finished: false);
        log.Say(string.Create(CultureInfo.InvariantCulture,
            $"epoch {last.Epoch}/{options.Recipe.Epochs}: loss {last.TrainLoss:0.000}, error {last.TrainError:P1}; validation loss {last.ValLoss:0.000}, "
            + $"error {last.ValTop1Error:P1}{(isBest ? ", the lowest so far" : "")}; {last.ImagesPerSecond:0} images/s"));
    }

    private void KeepWhatThereIs(Learner learner, TrainingResult result)
    {
        if (result.Best is { } best)
        {
            log.Say(string.Create(CultureInfo.InvariantCulture, $"stopped after step {learner.Steps}: the weights of epoch {best.Epoch} (validation error {best.ValTop1Error:P1}) are kept in {run.WeightsPath}"));
            return;
        }
        run.SaveWeights(network);
        log.Say($"stopped in the first epoch: the weights after step {learner.Steps}, not validated, are kept in {run.WeightsPath}");
    }

    private static TrainingResult Summarize(List<EpochMetrics> epochs, TrainingOptions options, long began) => new()
    {
        Best = epochs.MinBy(epoch => epoch.ValTop1Error),               // the first of equals
        Final = epochs.LastOrDefault(),
        Stopped = epochs.Count < options.Recipe.Epochs,
        Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
        ImagesPerSecond = epochs.Count == 0 ? 0 : epochs.Count / epochs.Sum(epoch => 1 / epoch.ImagesPerSecond),
    };

    private static string Note(Tally.Means means) => string.Create(CultureInfo.InvariantCulture, $"loss {means.Loss:0.000}, error {means.Top1Error:P1}");
}
