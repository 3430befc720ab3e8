using System.Globalization;

namespace ZfDecl.Cli;

/// <summary>How far a piece of work has come and how fast it goes. Not safe for several threads at once.</summary>
/// <param name="title">What is being done.</param>
/// <param name="total">How many units of work there are.</param>
/// <param name="unit">What is counted.</param>
/// <param name="clock">The clock.</param>
internal sealed class Pace(string title, long total, string unit, TimeProvider clock)
{
    private readonly long start = clock.GetTimestamp();
    private long done;
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
    }

    /// <summary>For example <c>812 images/s, 40 s left, loss 0.412</c>.</summary>
    public string Status()
    {
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        var rate = seconds > 0 ? done / seconds : 0;
        var parts = new List<string>();
        if (rate > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rate.ToString(rate < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture)} {unit}/s"));
        if (rate > 0 && done < total)
            parts.Add($"{Duration((total - done) / rate)} left");
        if (done >= total)
            parts.Add($"took {Duration(seconds)}");
        if (note.Length > 0)
            parts.Add(note);
        return string.Join(", ", parts);
    }

    /// <summary>The whole state as one line, for example <c>epoch 3/12: 45 %, 812 images/s, 40 s left, loss 0.412</c>.</summary>
    public string Line() => string.Create(CultureInfo.InvariantCulture, $"{title}: {Math.Floor(100 * Share):0} %, {Status()}").TrimEnd(' ', ',');

    private static string Duration(double seconds) => seconds switch
    {
        < 9.95 => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        < 100 => seconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0} min {seconds % 60:0} s").Replace(" 60 s", " 59 s", StringComparison.Ordinal),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(seconds / 3600, 1e6):#,0.0} h"),
    };
}
