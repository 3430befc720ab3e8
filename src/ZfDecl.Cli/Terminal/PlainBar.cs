using ZfDecl.Messages;

namespace ZfDecl.Cli.Terminal;

/// <summary>Progress as plain lines: one every few seconds, and one at the end.</summary>
internal sealed class PlainBar(Pace pace, Action<string> say, TimeProvider clock) : IProgressBar
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
            say(pace.Line());
        }
    }
}
