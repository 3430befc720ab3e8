namespace ZfDecl.Analyses.Visualize;

/// <summary>What a snapshot test found, or approving did, for the picture of one layer.</summary>
/// <param name="Layer">The name of the layer.</param>
/// <param name="Outcome">The finding.</param>
/// <param name="Detail">The finding in words, one line.</param>
/// <param name="File">The file to look at: the received picture, or the approved one where none was received.</param>
public sealed record SnapshotFinding(string Layer, SnapshotOutcome Outcome, string Detail, string File);

/// <summary>How a picture compares with the approved one.</summary>
public enum SnapshotOutcome
{
    /// <summary>It is the same, within the tolerance.</summary>
    Same,

    /// <summary>It differs.</summary>
    Different,

    /// <summary>There is no approved picture yet.</summary>
    New,

    /// <summary>There is an approved picture of a layer that is no longer visualised.</summary>
    Obsolete,
}
