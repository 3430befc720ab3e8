using System.Text.Json;
using System.Text.Json.Serialization;

namespace ZfDecl.Distributed;

/// <summary>Work in pieces that do not depend on each other: the ranks take one after another as they become free, so a slow piece or rank holds up no other.</summary>
public static class WorkSharing
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Has all pieces done; collective. Pieces and results go between ranks as JSON.</summary>
    /// <param name="group">The ranks. What is done in a piece does not use it.</param>
    /// <param name="pieces">Rank 0's, in the order in which they are taken; of no matter elsewhere.</param>
    /// <param name="work">Does a piece on the rank that takes it, and saves and leaves by an <see cref="OperationCanceledException"/> when its token asks.</param>
    /// <param name="keep">Told of each result on rank 0 as soon as it is there, one at a time, from any thread; whatever it throws ends all.</param>
    /// <param name="stop">Ends it; where one rank is asked to, all are.</param>
    /// <param name="begins">Told of each piece on rank 0, one at a time, from any thread, with the rank that takes it.</param>
    /// <exception cref="OperationCanceledException">It was stopped; what was kept is done.</exception>
    /// <exception cref="Messages.ZfDeclException">A rank has failed, or is no longer heard of.</exception>
    public static void Run<TPiece, TResult>(
        IProcessGroup group, IReadOnlyList<TPiece> pieces, Func<TPiece, CancellationToken, TResult> work, Action<TPiece, TResult> keep, CancellationToken stop, Action<TPiece, int>? begins = null)
    {
        if (!group.IsAlone)
            pieces = FromFirst(group, pieces);
        if (pieces.Count == 0)
            return;
        group.HandOut(
            pieces.Count,
            (piece, token) => JsonSerializer.SerializeToUtf8Bytes(work(pieces[piece], token), Json),
            (piece, result) => keep(pieces[piece], JsonSerializer.Deserialize<TResult>(result, Json)!),
            (piece, rank) => begins?.Invoke(pieces[piece], rank),
            stop);
    }

    /// <summary>Has all pieces done, and gives all ranks what comes out of them; collective.</summary>
    /// <returns>A result for each piece, in the order of rank 0's.</returns>
    /// <inheritdoc cref="Run"/>
    public static IReadOnlyList<TResult> RunForAll<TPiece, TResult>(
        IProcessGroup group, IReadOnlyList<TPiece> pieces, Func<TPiece, CancellationToken, TResult> work, CancellationToken stop, Action<TPiece, int>? begins = null, Action? ended = null)
    {
        var results = new TResult[pieces.Count];
        Run<(int Place, TPiece Piece), TResult>(group, [.. pieces.Index()], (one, token) => work(one.Piece, token), (one, result) =>
        {
            results[one.Place] = result;
            ended?.Invoke();
        }, stop, (one, rank) => begins?.Invoke(one.Piece, rank));
        return FromFirst(group, results);
    }

    /// <summary>Gives all ranks what rank 0 has; collective.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="values">Rank 0's; of no matter elsewhere.</param>
    public static IReadOnlyList<T> FromFirst<T>(IProcessGroup group, IReadOnlyList<T> values) =>
        group.IsAlone ? values : JsonSerializer.Deserialize<T[]>(group.Broadcast(group.Rank == 0 ? JsonSerializer.SerializeToUtf8Bytes(values, Json) : []), Json)!;
}
