using ZfDecl.Files;
using ZfDecl.Measures;

namespace ZfDecl.Analyses.Evaluate;

/// <summary>What was evaluated, and what it came to: the content of <c>evaluate/summary.json</c>.</summary>
public sealed record EvaluationSummary : IRecord
{
    /// <summary>The name of the network.</summary>
    public required string Spec { get; init; }

    /// <summary>The names of the runs whose probabilities were averaged; usually one.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>The epoch whose weights each run has kept; null where it kept those of an epoch that was not finished.</summary>
    public required IReadOnlyList<int?> Epochs { get; init; }

    /// <summary>One line on the data.</summary>
    public required string Data { get; init; }

    /// <summary>SHA-256 of the data, lowercase hex.</summary>
    public required string DataHash { get; init; }

    /// <summary>The part of the data: <c>validation</c>, <c>train</c> or <c>all</c>.</summary>
    public required string Split { get; init; }

    /// <summary>Whether a network was trained on some of the images.</summary>
    public bool TrainedOn { get; init; }

    /// <summary>How many crops of each image were averaged: 1, 2 (an image and its mirror image) or 10.</summary>
    public required int Crops { get; init; }

    /// <summary>How many images were classified.</summary>
    public required int Images { get; init; }

    /// <summary>How many classes there are.</summary>
    public required int Classes { get; init; }

    /// <summary>The share of images whose class is not the most probable; 0 … 1.</summary>
    public required double Top1Error { get; init; }

    /// <summary>The share of images whose class is not among the five most probable; 0 … 1.</summary>
    public required double Top5Error { get; init; }

    /// <summary>What the accuracy is worth, and what it hides of classes that have few images; null in an evaluation of a version that did not measure it.</summary>
    public AccuracyFigures? Figures { get; init; }

    /// <summary>Mean cross-entropy, in nats.</summary>
    public required double Loss { get; init; }

    /// <summary>How long the classifying took.</summary>
    public required double Seconds { get; init; }

    /// <summary>When it was done, UTC.</summary>
    public required DateTime Evaluated { get; init; }

    /// <summary>What should be said of the accuracy; nothing where that was not measured.</summary>
    internal IEnumerable<string> Sentences() => Figures?.Sentences(TrainedOn) ?? [];

    static RecordKind IRecord.Kind { get; } = new("ZF1208", "this is no summary of an evaluation", "Run `evaluate` again");

    IEnumerable<string> IRecord.Problems() => [];
}
