using ZfDecl.Runs;

namespace ZfDecl.Report.Explain;

/// <summary>Where an explanation comes from: what its page says of that, and where it finds what else is known of the network.</summary>
public sealed record ExplanationSource
{
    /// <summary>The name of the network.</summary>
    public required string Spec { get; init; }

    /// <summary>The name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>Its weights in a few words, for example <c>run default, epoch 12</c>.</summary>
    public required string Weights { get; init; }

    /// <summary>The folder of the run's analyses, where Trust and Evaluate leave theirs.</summary>
    public required string Folder { get; init; }

    /// <summary>What is known of its training; null for weights that nobody has trained.</summary>
    public required RunRecord? Record { get; init; }

    /// <summary>The command that makes the page again.</summary>
    public required string Command { get; init; }
}
