using ZfDecl.Messages;

namespace ZfDecl.Cli.Terminal;

/// <summary>Progress as plain lines: one every few seconds, and one at the end.</summary>
/// <param name="pace">What is shown.</param>
/// <param name="say">Takes the lines.</param>
/// <param name="clock">The clock.</param>
/// <param name="isRound">Whether somebody else tells of its end: then there is a line for it only where the work was given up.</param>
internal sealed class PlainBar(Pace pace, Action<string> say, TimeProvider clock, bool isRound = false) : IProgressBar
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private long last = clock.GetTimestamp();
    private bool ended;

    /// <inheritdoc/>
    public void Advance(long units, string? note = null)
    {
        lock (gate)
        {
            pace.Advance(units, note);
            if (ended || pace.Share >= 1 || clock.GetElapsedTime(last) < Interval)
                return;
            last = clock.GetTimestamp();
            say(pace.Line());
        }
    }

    /// <summary>Says how it ended: at less than 100 % where the work was given up.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (ended)
                return;
            ended = true;
            if (!isRound || pace.Share < 1)
                say(pace.Line());
        }
    }
}
