using ZfDecl.Cli.Configuration;
using ZfDecl.Messages;

namespace ZfDecl.Cli.Studies;

/// <summary>Trains one job after the other, in this process, and shows each as Train does.</summary>
/// <param name="context">The study's.</param>
/// <param name="train">Trains one, as Train does, and returns the exit code.</param>
internal sealed class OneByOneTrainer(RunContext context, Func<RunContext, int> train) : IStudyTrainer
{
    /// <inheritdoc/>
    public void Train(IReadOnlyList<StudyJob> jobs, Action<StudyJob, string?> begins, Action<EndedJob> ended)
    {
        foreach (var job in jobs)
        {
            context.Stop.ThrowIfCancellationRequested();
            begins(job, null);
            ended(new(job, Train(context, job, train)));
        }
    }

    /// <summary>Trains one job in this process.</summary>
    /// <param name="context">The study's.</param>
    /// <param name="job">The job.</param>
    /// <param name="train">Trains it, as Train does, and returns the exit code.</param>
    /// <returns>Why it has no result; null where it has one.</returns>
    /// <exception cref="OperationCanceledException">It was stopped, and has been saved.</exception>
    public static ZfDeclException? Train(RunContext context, StudyJob job, Func<RunContext, int> train)
    {
        try
        {
            if (train(context with { Settings = new(job.Settings) }) == ExitCode.Interrupted)
                throw new OperationCanceledException(context.Stop);
            return null;
        }
        catch (ZfDeclException failure)
        {
            return failure;
        }
        catch (Exception cause) when (MemoryShortage.Is(cause))
        {
            return MemoryShortage.Error(cause);
        }
    }
}
