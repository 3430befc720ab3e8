using ZfDecl.Cli.Commands;
using ZfDecl.Messages;

namespace ZfDecl.Cli.Studies;

/// <summary>Trains one job after the other, in this process, and shows each as Train does.</summary>
/// <param name="context">The study's.</param>
internal sealed class OneByOneTrainer(RunContext context) : IStudyTrainer
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
            if (TrainCommand.Run(context with { Settings = new(job.Settings) }) == Host.Interrupted)
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
