using ZfDecl.Messages;

namespace ZfDecl.Distributed;

/// <summary>The errors of a group, each as rank 0 says it.</summary>
internal static class GroupFailure
{
    /// <summary>A rank whose host, network or process is gone.</summary>
    internal const string SilentRank = "ZF1564";

    /// <summary>Rank 0, which speaks for all, is gone: each rank that finds it out says so itself.</summary>
    internal const string SilentFirst = "ZF1565";

    /// <summary>What ends a rank that rank 0 has told to end. It is never said: rank 0 has said why.</summary>
    internal const string Ended = "ended";

    private const char Between = '\u001f';

    /// <summary>A rank of which nothing has been heard.</summary>
    internal static ZfDeclException Silent(int rank, string host, TimeSpan timeout) => new(rank == 0 ? SilentFirst : SilentRank,
        FormattableString.Invariant($"rank {rank} on host {host} has not been heard of for {timeout.TotalSeconds:0} s: its host, the network or its process is gone, so all ranks end. ")
        + "The same command goes on from the last checkpoint; `timeout=120` waits longer");

    /// <summary>What another rank has said of its end.</summary>
    /// <param name="rank">Which.</param>
    /// <param name="host">Its host.</param>
    /// <param name="text">As of <see cref="TextOf"/>.</param>
    /// <param name="isFirst">Whether this is rank 0, which says it.</param>
    internal static ZfDeclException Of(int rank, string host, string text, bool isFirst)
    {
        var parts = text.Split(Between);
        var (code, file, message) = parts is [var first, var second, var third] ? (first, second, third) : ("ZF1000", "", text);
        return isFirst
            ? new(code, $"rank {rank} on host {host}: {message}", file.Length == 0 ? null : file)
            : new(Ended, $"rank {rank} on host {host} has ended: {message}");
    }

    /// <summary>An error as it is sent.</summary>
    internal static string TextOf(ZfDeclException error) => string.Join(Between, error.Code, error.File ?? "", error.Message);
}
