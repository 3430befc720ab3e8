using ZfDecl.Files;
using ZfDecl.Runs;

namespace ZfDecl.Studies.Comparison;

/// <summary>What must be known to understand a study, or to repeat it: the content of <c>study.json</c>.</summary>
internal sealed record StudyRecord : IRecord
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "study.json";

    /// <summary>The kind of study, for example <c>Transfer</c>.</summary>
    public required string Study { get; init; }

    /// <summary>The networks that are studied.</summary>
    public required IReadOnlyList<StudiedNetwork> Networks { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required int Seed { get; init; }

    /// <summary>SHA-256 of the data, lowercase hex.</summary>
    public required string DataHash { get; init; }

    /// <summary>One line on the data.</summary>
    public required string Data { get; init; }

    /// <summary>What was set, to what, and by whom.</summary>
    public required IReadOnlyList<RunSetting> Settings { get; init; }

    /// <summary>The programs that ran.</summary>
    public RunVersions Versions { get; init; } = RunVersions.Current;

    /// <summary>The machine it ran on.</summary>
    public RunMachine Machine { get; init; } = RunMachine.Current;

    /// <summary>The command that started it.</summary>
    public required string CommandLine { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTime Started { get; init; } = DateTime.UtcNow;

    /// <summary>When it was begun again after an interruption, UTC, in that order.</summary>
    public IReadOnlyList<DateTime> Resumed { get; init; } = [];

    /// <summary>When its last row was finished, UTC; null while it runs, and where it was stopped or killed: it can then go on.</summary>
    public DateTime? Finished { get; init; }

    /// <summary>What was left out, and what else a reader must know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    static RecordKind IRecord.Kind { get; } = new("ZF1423", "this file of a study is damaged", "Delete the study's folder to run it anew");

    IEnumerable<string> IRecord.Problems() => Networks.Count == 0 ? ["'networks' is empty"] : [];
}

/// <summary>A network of a study.</summary>
/// <param name="Spec">Its name.</param>
/// <param name="SpecHash">SHA-256 of the resolved spec, lowercase hex.</param>
/// <param name="Weights">Where its weights come from, for example <c>run default, epoch 27</c>.</param>
/// <param name="WeightsHash">SHA-256 of the weights, lowercase hex; null where they are made by the study.</param>
internal sealed record StudiedNetwork(string Spec, string SpecHash, string Weights, string? WeightsHash);
