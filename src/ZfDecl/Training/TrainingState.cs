using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Text.Json;
using ZfDecl.Distributed;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Training.DataParallel;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// How far a training has come, and its keeping on disk. A checkpoint is written first and is the truth: whatever a process was killed between,
/// the weights, tables and record are made to agree with the newest whole checkpoint when the run goes on.
/// </summary>
/// <param name="network">What is trained.</param>
/// <param name="learner">What trains it.</param>
/// <param name="options">How.</param>
/// <param name="run">Where everything is kept; null where another rank keeps it.</param>
internal sealed class TrainingState(ConvNet network, Learner learner, TrainingOptions options, RunDirectory? run)
{
    private const string Weights = "network.", Velocities = "velocity.", BestWeights = "best.", RandomNumbers = "random";

    private readonly long began = Stopwatch.GetTimestamp();
    private readonly List<EpochMetrics> epochs = [];
    private readonly List<LayerMetrics> layers = [];
    private double secondsBefore;
    private long saved = Stopwatch.GetTimestamp();

    /// <summary>What trains the network.</summary>
    internal Learner Learner => learner;

    /// <summary>How.</summary>
    internal TrainingOptions Options => options;

    /// <summary>The epoch under way or next, from 1.</summary>
    internal int Epoch => epochs.Count + 1;

    /// <summary>What had been learned of that epoch before an interruption; null where nothing had.</summary>
    internal PartialEpoch? Partial { get; private set; }

    /// <summary>Whether there is nothing left to train: all epochs are finished, or the last best one is too long ago.</summary>
    internal bool IsAtEnd => Epoch > options.Recipe.Epochs || EndsEarly;

    /// <summary>How far the training has come, between two epochs.</summary>
    internal TrainingProgress Reached => Progress(null);

    private bool EndsEarly => Epoch <= options.Recipe.Epochs && options.Recipe.Patience is { } patience && Reached.EpochsSinceLowest >= patience;

    /// <summary>What the training has come to so far.</summary>
    internal TrainingResult Result => new()
    {
        Best = Reached.Best,
        Final = epochs.LastOrDefault(),
        Stopped = !IsAtEnd,
        EndedEarly = EndsEarly,
        Seconds = Seconds,
        ImagesPerSecond = epochs.Count == 0 ? 0 : epochs.Count / epochs.Sum(epoch => 1 / epoch.ImagesPerSecond),
        ReductionShare = learner.ReductionShare,
    };

    private double Seconds => secondsBefore + Stopwatch.GetElapsedTime(began).TotalSeconds;

    /// <summary>Puts everything back to what a checkpoint holds, in memory and on disk.</summary>
    /// <exception cref="ZfDeclException">ZF1211: it does not fit the network; ZF1201, ZF1202: it cannot be read; ZF1204: a file cannot be written.</exception>
    internal void Resume(Checkpoint checkpoint)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (progress, tensors) = (checkpoint.Progress, checkpoint.ReadTensors());
        var parameters = Named(Weights, network.state_dict()).Concat(Named(Velocities, learner.Velocities)).ToDictionary();
        var best = tensors.Where(tensor => tensor.Key.StartsWith(progress.IsAtBest ? Weights : BestWeights, StringComparison.Ordinal))
            .ToDictionary(tensor => tensor.Key[(tensor.Key.IndexOf('.', StringComparison.Ordinal) + 1)..], tensor => tensor.Value);
        string[] unfit = [.. parameters.Where(parameter => !tensors.TryGetValue(parameter.Key, out var kept) || !IsAlike(kept, parameter.Value)).Select(parameter => parameter.Key)];
        if (unfit.Length > 0 || !tensors.ContainsKey(RandomNumbers) || (progress.Best is not null && best.Count == 0))
        {
            throw new ZfDeclException("ZF1211", $"'{checkpoint.TensorsPath}' does not fit network '{network.Info.Name}'"
                + $"{(unfit.Length > 0 ? $" in {string.Join(", ", unfit)}" : "")}. Start anew with `resume=no`: this run is then kept aside", checkpoint.TensorsPath);
        }
        foreach (var (name, parameter) in parameters)
            parameter.copy_(tensors[name]);
        set_rng_state(tensors[RandomNumbers]);
        Take(progress);
        if (progress.Best is not null)
            SafeTensorsFile.Write(run!.WeightsPath, best);
        SaveTables();
    }

    /// <summary>Gives all ranks what rank 0 begins or goes on with; collective.</summary>
    internal void Share(IProcessGroup group)
    {
        if (group.Size == 1)
            return;
        var isResumed = learner.Steps > 0;
        var kept = group.Broadcast(group.Rank == 0 && isResumed ? JsonSerializer.SerializeToUtf8Bytes(Progress(Partial)) : []);
        if (group.Rank > 0 && kept.Length > 0)
            Take(JsonSerializer.Deserialize<TrainingProgress>(kept)!);
        foreach (var (_, tensor) in Named(Weights, network.state_dict()).Concat(Named(Velocities, learner.Velocities)))
            TensorBroadcast.Run(group, tensor);
    }

    private void Take(TrainingProgress progress)
    {
        learner.Resume(progress);
        epochs.AddRange(progress.Epochs);
        layers.AddRange(progress.Layers);
        secondsBefore = progress.Seconds;
        Partial = progress.Partial;
    }

    /// <summary>Takes note of an epoch that has just ended, and keeps all there is.</summary>
    /// <param name="metrics">What it came to.</param>
    /// <param name="deadMaps">The number of dead maps of each conv layer after it, by the layer's name; of no matter where another rank keeps the run.</param>
    /// <returns>Whether it is the best so far.</returns>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written; the older checkpoints are as they were.</exception>
    internal bool EndEpoch(EpochMetrics metrics, IReadOnlyDictionary<string, int> deadMaps)
    {
        epochs.Add(metrics);
        Partial = null;
        if (run is null)
            return Reached.IsAtBest;
        layers.AddRange(LayersAfter(metrics.Epoch, deadMaps));
        // Before the checkpoint: once that is there, nothing would write it again.
        if (TrainingProgress.SnapshotEpochs.Contains(metrics.Epoch))
            run.SaveSnapshot(network, metrics.Epoch);
        Save(null);
        var isBest = Reached.IsAtBest;
        if (isBest)
            run.SaveWeights(network);
        SaveTables();
        return isBest;
    }

    /// <summary>Whether the last checkpoint was so long ago that one is due in the middle of an epoch.</summary>
    internal bool IsSavingDue => Stopwatch.GetElapsedTime(saved) >= options.CheckpointInterval;

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="partial">The epoch under way; null, or one without steps, between two epochs.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written; the older checkpoints are as they were.</exception>
    internal void Save(PartialEpoch? partial)
    {
        if (run is null)
            return;
        using var scope = NewDisposeScope();
        var progress = Progress(partial is { Steps: > 0 } ? partial : null);
        IReadOnlyDictionary<string, Tensor> best = progress.Best is null || progress.IsAtBest ? ReadOnlyDictionary<string, Tensor>.Empty : SafeTensorsFile.Read(run.WeightsPath);
        run.SaveCheckpoint(progress,
        [
            .. Named(Weights, network.state_dict()), .. Named(Velocities, learner.Velocities), .. Named(BestWeights, best),
            KeyValuePair.Create(RandomNumbers, get_rng_state()),
        ]);
        saved = Stopwatch.GetTimestamp();
    }

    private void SaveTables()
    {
        run!.SaveMetrics(epochs, layers);
        run.SaveResult(Result, finished: false);
    }

    private TrainingProgress Progress(PartialEpoch? partial) =>
        new() { Steps = learner.Steps, Epochs = epochs, Layers = layers, Partial = partial, Seconds = Seconds };

    private IEnumerable<LayerMetrics> LayersAfter(int epoch, IReadOnlyDictionary<string, int> deadMaps)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var layer in network.Info.Layers.Where(layer => layer.Role == LayerRole.Convolution))
        {
            var meanSquares = network.WeightOf(layer).to(ScalarType.Float64).square().mean([1, 2, 3]);       // [maps]
            yield return new(epoch, layer.Name, Math.Sqrt(meanSquares.max().item<double>()), deadMaps[layer.Name]);
        }
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Named(string prefix, IEnumerable<KeyValuePair<string, Tensor>> tensors) =>
        tensors.Select(tensor => KeyValuePair.Create(prefix + tensor.Key, tensor.Value));

    private static bool IsAlike(Tensor one, Tensor other) => one.dtype == other.dtype && one.shape.AsSpan().SequenceEqual(other.shape);
}
