using ZfDecl.Cli.Configuration;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Studies.Comparison;

namespace ZfDecl.Cli.Studies;

/// <summary>
/// Has the ranks take the jobs as they become free: each trains its jobs alone, one after the other, as ordinary runs in the folder of runs that all ranks see, and measures them. Rank 0 shows its own
/// as Train does, and says of the others' where they begin and how they end.
/// </summary>
/// <param name="context">The study's.</param>
/// <param name="train">Trains one, as Train does, and returns the exit code.</param>
/// <param name="measure">What a finished job comes to.</param>
internal sealed class RankedTrainer(RunContext context, Func<RunContext, int> train, Func<RunContext, StudyJob, TrainedRow> measure) : IStudyTrainer
{
    /// <summary>A job as it goes to another rank.</summary>
    private sealed record Piece(string Run, IReadOnlyDictionary<string, string> Settings);

    /// <summary>What came out of it.</summary>
    private sealed record Outcome(int Rank, TrainedRow? Row, string? Code, string? Message, string? File)
    {
        public ZfDeclException? Failure => Code is null ? null : new(Code, Message!, File);
    }

    /// <inheritdoc/>
    public void Train(IReadOnlyList<StudyJob> jobs, Action<StudyJob, string?> begins, Action<EndedJob> ended)
    {
        var (group, byRun) = (context.Group, jobs.ToDictionary(job => job.Run));
        WorkSharing.Run<Piece, Outcome>(
            group,
            group.Rank > 0 ? [] : [.. jobs.Select(job => new Piece(job.Run, job.Settings))],
            (piece, stop) => Do(byRun[piece.Run].With(piece.Settings), stop),
            (piece, outcome) =>
            {
                ended(new(byRun[piece.Run], outcome.Failure, outcome.Row));
                if (outcome.Rank > 0 && outcome.Row is { } row)
                    context.Log.Say(FormattableString.Invariant($"row '{row.Label}', seed {row.Seed}, has ended on rank {outcome.Rank}: validation error {row.ValTop1Error:P1}"));
            },
            context.Stop,
            (piece, rank) => begins(byRun[piece.Run], rank == 0 ? null : $"on rank {rank}, host {group.Hosts[rank]}"));
    }

    private Outcome Do(StudyJob job, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var alone = context with { Group = AloneGroup.Instance, Stop = stop };
        try
        {
            var failure = OneByOneTrainer.Train(alone, job, train);
            return failure is null ? new(context.Group.Rank, measure(alone, job), null, null, null) : Failed(failure);
        }
        catch (ZfDeclException failure)
        {
            return Failed(failure);
        }
    }

    private Outcome Failed(ZfDeclException failure) =>
        new(context.Group.Rank, null, failure.Code, context.Group.Rank == 0 ? failure.Message : $"rank {context.Group.Rank} on host {context.Group.Hosts[context.Group.Rank]}: {failure.Message}", failure.File);
}
