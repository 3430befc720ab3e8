using ZfDecl.Messages;

namespace ZfDecl.Cli.Studies;

/// <summary>How the jobs of a study are trained.</summary>
internal interface IStudyTrainer
{
    /// <summary>Trains jobs.</summary>
    /// <param name="jobs">The jobs, in the order in which they begin.</param>
    /// <param name="begins">Told of each when it begins, from any thread.</param>
    /// <returns>Each as soon as it has ended.</returns>
    /// <exception cref="OperationCanceledException">The study was stopped: all that was under way has been saved.</exception>
    IEnumerable<EndedJob> Train(IReadOnlyList<StudyJob> jobs, Action<StudyJob> begins);
}

/// <summary>A job whose training has ended.</summary>
/// <param name="Job">The job.</param>
/// <param name="Failure">Why it has no result; null where it has one.</param>
internal sealed record EndedJob(StudyJob Job, ZfDeclException? Failure);
