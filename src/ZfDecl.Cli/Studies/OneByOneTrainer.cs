using ZfDecl.Cli.Configuration;
using ZfDecl.Messages;

namespace ZfDecl.Cli.Studies;

/// <summary>Trains one job after the other, in this process, and shows each as Train does.</summary>
/// <param name="context">The study's.</param>
/// <param name="train">Trains one, as Train does, and returns the exit code.</param>
internal sealed class OneByOneTrainer(RunContext context, Func<RunContext, int> train) : IStudyTrainer
{
    /// <inheritdoc/>
    public IEnumerable<EndedJob> Train(IReadOnlyList<StudyJob> jobs, Action<StudyJob> begins)
    {
        foreach (var job in jobs)
        {
            context.Stop.ThrowIfCancellationRequested();
            begins(job);
            yield return new(job, Train(job));
        }
    }

    private ZfDeclException? Train(StudyJob job)
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
