namespace ZfDecl.Messages;

/// <summary>A log for what is done again in each round: see <see cref="IRunLog.StartRound"/>.</summary>
/// <param name="log">Takes it all.</param>
internal sealed class RoundLog(IRunLog log) : IRunLog
{
    /// <inheritdoc/>
    public void Say(string line) => log.Say(line);

    /// <inheritdoc/>
    public void Warn(string code, string message, string? file = null) => log.Warn(code, message, file);

    /// <inheritdoc/>
    public IProgressBar Start(string title, long total, string unit) => log.StartRound(title, total, unit, done: 0);

    /// <inheritdoc/>
    public IProgressBar Start(string title, long total, string unit, long done) => log.StartRound(title, total, unit, done);
}
