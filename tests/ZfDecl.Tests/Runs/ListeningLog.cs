using ZfDecl.Messages;

namespace ZfDecl.Tests.Runs;

/// <summary>Remembers what it is told, and does something at each advance and each line.</summary>
internal sealed class ListeningLog(Action<string>? onAdvance = null, Action<string>? onSay = null) : IRunLog
{
    public List<string> Lines { get; } = [];

    public void Say(string line)
    {
        Lines.Add(line);
        onSay?.Invoke(line);
    }

    public void Warn(string code, string message, string? file = null) => Lines.Add($"{code}: {message}");

    public IProgressBar Start(string title, long total, string unit) => new Bar(title, onAdvance);

    private sealed class Bar(string title, Action<string>? onAdvance) : IProgressBar
    {
        public void Advance(long units, string? note = null) => onAdvance?.Invoke(title);

        public void Dispose()
        {
        }
    }
}
