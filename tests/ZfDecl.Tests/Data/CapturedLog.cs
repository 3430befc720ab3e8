using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

/// <summary>Keeps what is said, and the warnings.</summary>
internal sealed class CapturedLog : IRunLog
{
    public List<string> Said { get; } = [];

    public List<(string Code, string Message, string? File)> Warnings { get; } = [];

    public void Say(string line) => Said.Add(line);

    public void Warn(string code, string message, string? file = null) => Warnings.Add((code, message, file));

    public IProgressBar Start(string title, long total, string unit) => new SilentLog();
}
