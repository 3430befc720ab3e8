using System.Collections.Concurrent;
using System.Text.Json;
using ZfDecl.Distributed;

namespace ZfDecl.Cli.Terminal;

/// <summary>The warnings of all ranks: of a damaged image only the rank hears that reads it, and rank 0 alone speaks.</summary>
internal sealed class RankWarnings : IDisposable
{
    private readonly ConsoleLog log;
    private readonly ConcurrentQueue<Warning> heard = new();

    /// <param name="log">Is listened to until this is disposed.</param>
    public RankWarnings(ConsoleLog log)
    {
        this.log = log;
        log.Warned += Hear;
    }

    /// <summary>Has rank 0 say what the others have heard and it has not; collective.</summary>
    public void Share(IProcessGroup group)
    {
        if (group.Size == 1)
            return;
        var all = group.Gather(JsonSerializer.SerializeToUtf8Bytes(heard)).Select(bytes => JsonSerializer.Deserialize<List<Warning>>(bytes)!).ToList();
        foreach (var warning in all.SelectMany(one => one).Distinct().Except(all[0]))
            log.Warn(warning.Code, warning.Message, warning.File);
    }

    /// <summary>Listens no longer.</summary>
    public void Dispose() => log.Warned -= Hear;

    private void Hear(string code, string message, string? file) => heard.Enqueue(new(code, message, file));

    private sealed record Warning(string Code, string Message, string? File);
}
