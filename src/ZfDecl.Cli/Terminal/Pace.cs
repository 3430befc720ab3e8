using System.Globalization;

namespace ZfDecl.Cli.Terminal;

/// <summary>
/// How far a piece of work has come and how fast it goes. The rate is that of the last ten seconds or so, because the first units often take longer than
/// the others, and that of the whole when it is done. Not safe for several threads at once.
/// </summary>
/// <param name="title">What is being done.</param>
/// <param name="total">How many units of work there are.</param>
/// <param name="unit">What is counted.</param>
/// <param name="clock">The clock.</param>
/// <param name="before">How many were done before the clock started.</param>
internal sealed class Pace(string title, long total, string unit, TimeProvider clock, long before = 0)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10), BetweenMarks = TimeSpan.FromSeconds(1);

    private readonly Mark start = new(clock.GetTimestamp(), before);
    private readonly Queue<Mark> marks = new([new(clock.GetTimestamp(), before)]);      // the first is the newest that is older than the window
    private long lastMark = clock.GetTimestamp();
    private long done = before;
    private string note = "";

    /// <summary>What is being done.</summary>
    public string Title => title;

    /// <summary>How many units of work there are.</summary>
    public long Total => total;

    /// <summary>The share that is done, 0 … 1.</summary>
    public double Share => total > 0 ? Math.Clamp((double)done / total, 0, 1) : 1;

    /// <summary>Takes note of work done.</summary>
    public void Advance(long units, string? status)
    {
        done += units;
        note = status ?? note;
        var now = clock.GetTimestamp();
        if (clock.GetElapsedTime(lastMark, now) < BetweenMarks)
            return;
        marks.Enqueue(new(now, done));
        lastMark = now;
        while (clock.GetElapsedTime(marks.ElementAt(1).Time, now) >= Window)
            marks.Dequeue();
    }

    /// <summary>For example <c>812 images/s, 40 s left, loss 0.412</c>.</summary>
    public string Status() => string.Join(", ", StatusParts());

    /// <summary>The parts of the status, the most important first.</summary>
    public IReadOnlyList<string> StatusParts()
    {
        var seconds = clock.GetElapsedTime(start.Time).TotalSeconds;
        var from = done >= total ? start : marks.Peek();
        var elapsed = clock.GetElapsedTime(from.Time).TotalSeconds;
        var rate = elapsed > 0 ? (done - from.Done) / elapsed : 0;
        var parts = new List<string>();
        if (rate > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rate.ToString(rate < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture)} {unit}/s"));
        if (rate > 0 && done < total)
            parts.Add($"{Duration((total - done) / rate)} left");
        if (done >= total)
            parts.Add($"took {Duration(seconds)}");
        if (note.Length > 0)
            parts.Add(note);
        return parts;
    }

    /// <summary>The whole state as one line, for example <c>epoch 3/12: 45 %, 812 images/s, 40 s left, loss 0.412</c>.</summary>
    public string Line() => string.Create(CultureInfo.InvariantCulture, $"{title}: {Math.Floor(100 * Share):0} %, {Status()}").TrimEnd(' ', ',');

    private readonly record struct Mark(long Time, long Done);

    private static string Duration(double seconds) => seconds switch
    {
        < 9.95 => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        < 100 => seconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0} min {seconds % 60:0} s").Replace(" 60 s", " 59 s", StringComparison.Ordinal),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(seconds / 3600, 1e6):#,0.0} h"),
    };
}
