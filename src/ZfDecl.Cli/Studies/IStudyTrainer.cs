using ZfDecl.Messages;
using ZfDecl.Studies.Comparison;

namespace ZfDecl.Cli.Studies;

/// <summary>How the jobs of a study are trained.</summary>
internal interface IStudyTrainer
{
    /// <summary>Trains jobs.</summary>
    /// <param name="jobs">The jobs, in the order in which they begin.</param>
    /// <param name="begins">Told of each when it begins, one at a time, from any thread, and where, where that is not here.</param>
    /// <param name="ended">Told of each as soon as it has ended, one at a time, from any thread.</param>
    /// <exception cref="OperationCanceledException">The study was stopped: all that was under way has been saved.</exception>
    void Train(IReadOnlyList<StudyJob> jobs, Action<StudyJob, string?> begins, Action<EndedJob> ended);
}

/// <summary>A job whose training has ended.</summary>
/// <param name="Job">The job.</param>
/// <param name="Failure">Why it has no result; null where it has one.</param>
/// <param name="Row">Its result; null where it has none, or where it is still to be measured.</param>
internal sealed record EndedJob(StudyJob Job, ZfDeclException? Failure, TrainedRow? Row = null);
