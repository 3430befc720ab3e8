using System.Text.Json.Serialization;

namespace ZfDecl.Runs;

/// <summary>
/// How far a training has come. With the tensors of its checkpoint (weights, velocities, random numbers) it is all that is needed to go on as if the
/// training had never stopped: the order of the images follows from seed and epoch, the learning rate from the steps and the errors of the epochs.
/// </summary>
public sealed record TrainingProgress
{
    /// <summary>The epochs whose weights stay: those at which Zeiler &amp; Fergus 2014, Fig. 4, look at their features.</summary>
    internal static IReadOnlyList<int> SnapshotEpochs { get; } = [1, 2, 5, 10, 20, 30, 40, 64];

    /// <summary>Steps taken, in all epochs.</summary>
    public required long Steps { get; init; }

    /// <summary>The finished epochs, in order.</summary>
    public required IReadOnlyList<EpochMetrics> Epochs { get; init; }

    /// <summary>The conv layers after each finished epoch, in order.</summary>
    public required IReadOnlyList<LayerMetrics> Layers { get; init; }

    /// <summary>What has been learned of the next epoch; null where none of it has.</summary>
    public required PartialEpoch? Partial { get; init; }

    /// <summary>How long it has taken, without the time between an interruption and going on.</summary>
    public required double Seconds { get; init; }

    /// <summary>The best epoch, as <see cref="EpochMetrics.Best"/> finds it; null where none was finished.</summary>
    [JsonIgnore]
    public EpochMetrics? Best => EpochMetrics.Best(Epochs);

    /// <summary>The first epoch with the lowest validation error; null where none was finished.</summary>
    [JsonIgnore]
    public EpochMetrics? Lowest => Epochs.MinBy(epoch => epoch.ValTop1Error);

    /// <summary>Finished epochs since the <see cref="Lowest"/>: none of them had a lower validation error.</summary>
    [JsonIgnore]
    public int EpochsSinceLowest => Epochs.Count - (Lowest?.Epoch ?? 0);

    /// <summary>Whether the weights of the network as it is now are the best: those of an epoch that has just ended.</summary>
    [JsonIgnore]
    public bool IsAtBest => Partial is null && Best is { } best && best.Epoch == Epochs.Count;

    /// <summary>What contradicts itself in it, in words; null where nothing does.</summary>
    internal string? Fault() =>
        Epochs.Where((epoch, index) => epoch?.Epoch != index + 1).Any() ? "its epochs are not numbered 1, 2, 3 …"
        : Layers.Any(layer => layer is null) ? "its layers are incomplete"
        : Steps < (Partial?.Steps ?? 0) || Partial is { Steps: < 1 } or { Images: < 1 } ? "its steps are out of range"
        : null;
}

/// <summary>An epoch that was interrupted between two steps: sums over what it has seen so far.</summary>
/// <param name="Steps">Steps taken in it; at least 1.</param>
/// <param name="Images">Images seen.</param>
/// <param name="Loss">The sum of their losses.</param>
/// <param name="Right">How many were classified rightly.</param>
/// <param name="Seconds">How long that took.</param>
public sealed record PartialEpoch(long Steps, long Images, double Loss, double Right, double Seconds);
