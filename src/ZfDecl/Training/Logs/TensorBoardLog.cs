using Google.Protobuf;
using Tensorboard;
using ZfDecl.Imaging;
using ZfDecl.Networks;
using ZfDecl.Runs;
using static TorchSharp.torch;

namespace ZfDecl.Training.Logs;

/// <summary>
/// Keeps for TensorBoard what stands in <c>metrics.csv</c> and <c>layers.csv</c>, one step per epoch, and pictures of the first layer's filters after those
/// epochs whose weights are kept. Show it with <c>tensorboard --logdir artifacts</c>.
/// </summary>
/// <param name="run">The folder of the run; the events go into <c>tensorboard/</c> there.</param>
public sealed class TensorBoardLog(string run) : ITrainingWatcher
{
    /// <summary>Where the events are, in the folder of a run.</summary>
    public static string EventsFile { get; } = Path.Combine("tensorboard", "events.out.tfevents.zfdecl");

    private EventFile? file;

    /// <inheritdoc/>
    public void Reached(TrainingProgress progress, ConvNet network)
    {
        file ??= EventFile.Open(Path.Combine(run, EventsFile), keep: progress.Epochs.Count);
        // More than one where the run goes on but its events are gone.
        foreach (var epoch in progress.Epochs.Skip((int)file.LastStep))
        {
            var summary = Scalars(epoch, progress.Layers.Where(layer => layer.Epoch == epoch.Epoch));
            if (progress.Partial is null && epoch.Epoch == progress.Epochs.Count && TrainingProgress.SnapshotEpochs.Contains(epoch.Epoch) && Filters(network) is { } filters)
                summary.Value.Add(filters);
            file.Append(epoch.Epoch, summary);
        }
    }

    /// <inheritdoc/>
    public void Ended(TrainingProgress progress)
    {
    }

    private static Summary Scalars(EpochMetrics epoch, IEnumerable<LayerMetrics> layers)
    {
        var summary = new Summary();
        Add("loss/training", epoch.TrainLoss);
        Add("loss/validation", epoch.ValLoss);
        Add("error/training", epoch.TrainError);
        Add("error/validation", epoch.ValTop1Error);
        Add("error/validation_top5", epoch.ValTop5Error);
        Add("learning_rate", epoch.LearningRate);
        Add("images_per_second", epoch.ImagesPerSecond);
        foreach (var layer in layers)
        {
            Add($"largest_filter_rms/{layer.Layer}", layer.LargestFilterRms);
            Add($"dead_maps/{layer.Layer}", layer.DeadMaps);
        }
        return summary;

        void Add(string tag, double value) => summary.Value.Add(new Summary.Types.Value { Tag = tag, SimpleValue = (float)value });
    }

    /// <returns>Null where the first conv layer does not see pixels of 1 or 3 channels.</returns>
    private static Summary.Types.Value? Filters(ConvNet network)
    {
        using var scope = NewDisposeScope();
        if (network.Info.Layers.FirstOrDefault(layer => layer.Role == LayerRole.Convolution) is not { } first)
            return null;
        var weight = network.WeightOf(first);
        if (weight.shape is not [var maps, 1 or 3, var height, var width])
            return null;
        var filters = weight.detach().cpu().contiguous();                    // [maps, channels, height, width]
        var picture = FilterPicture.Of(filters.data<float>().ToArray(), (int)maps, (int)weight.shape[1], (int)height, (int)width);
        return new()
        {
            Tag = $"filters/{first.Name}",
            Image = new() { Height = picture.Height, Width = picture.Width, Colorspace = 3, EncodedImageString = ByteString.CopyFrom(picture.Png) },
        };
    }
}
