namespace ZfDecl.Messages;

/// <summary>What long work tells the person who waits for it. The host shows it as a live bar in a terminal, as plain lines elsewhere.</summary>
public interface IRunLog
{
    /// <summary>A line worth keeping.</summary>
    void Say(string line);

    /// <summary>Something that goes on but that the user should know.</summary>
    void Warn(string code, string message, string? file = null);

    /// <summary>Begins a piece of work of known size; dispose the bar when it ends.</summary>
    /// <param name="title">What is being done, for example <c>epoch 3/12</c>.</param>
    /// <param name="total">How many units of work there are.</param>
    /// <param name="unit">What is counted, in the plural, for example <c>images</c>: the rate is shown in these per second.</param>
    IProgressBar Start(string title, long total, string unit);

    /// <summary>Begins a piece of work that was begun before.</summary>
    /// <param name="title">What is being done, for example <c>epoch 3/12</c>.</param>
    /// <param name="total">How many units of work there are.</param>
    /// <param name="unit">What is counted, in the plural, for example <c>images</c>.</param>
    /// <param name="done">How many of them are done already: they count for the share, not for the rate.</param>
    IProgressBar Start(string title, long total, string unit, long done) => Start(title, total - done, unit);

    /// <summary>
    /// Begins a round of work that is done again and again, such as an epoch, at whose end whoever does it says what it has come to: where there is no live bar, its own end needs no line.
    /// </summary>
    /// <param name="title">What is being done, for example <c>epoch 3/12</c>.</param>
    /// <param name="total">How many units of work there are.</param>
    /// <param name="unit">What is counted, in the plural, for example <c>images</c>.</param>
    /// <param name="done">How many of them are done already: they count for the share, not for the rate.</param>
    IProgressBar StartRound(string title, long total, string unit, long done) => Start(title, total, unit, done);
}

/// <summary>A piece of work under way.</summary>
public interface IProgressBar : IDisposable
{
    /// <summary>So many more units are done.</summary>
    /// <param name="units">Units done since the last call.</param>
    /// <param name="note">A short status, for example <c>loss 0.412</c>; the last one stays where null.</param>
    void Advance(long units, string? note = null);
}

/// <summary>A log that nobody reads: for tests and for use as a library.</summary>
public sealed class SilentLog : IRunLog, IProgressBar
{
    /// <inheritdoc/>
    public void Say(string line)
    {
    }

    /// <inheritdoc/>
    public void Warn(string code, string message, string? file = null)
    {
    }

    /// <inheritdoc/>
    public IProgressBar Start(string title, long total, string unit) => this;

    /// <inheritdoc/>
    public void Advance(long units, string? note = null)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
