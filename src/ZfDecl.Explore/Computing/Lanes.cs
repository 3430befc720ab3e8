namespace ZfDecl.Explore.Computing;

/// <summary>Rows of requests in which only the newest counts: of a square that is dragged, its last place. The page names them.</summary>
internal sealed class Lanes
{
    /// <summary>The longest name of a lane.</summary>
    public const int LongestName = 64;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Turn> newest = new(StringComparer.Ordinal);

    /// <summary>Takes the newest place in a lane; who was there before is overtaken.</summary>
    /// <param name="lane">The lane; null for a request that none overtakes.</param>
    /// <param name="gone">Says that nobody waits for it any more.</param>
    /// <returns>The place, which the caller disposes when it is done.</returns>
    public Turn Enter(string? lane, CancellationToken gone)
    {
        var turn = new Turn(this, lane, gone);
        if (lane is null)
            return turn;
        Turn? before;
        lock (gate)
        {
            newest.TryGetValue(lane, out before);
            newest[lane] = turn;
        }
        before?.Overtake();
        return turn;
    }

    private void Leave(string lane, Turn turn)
    {
        lock (gate)
        {
            if (newest.GetValueOrDefault(lane) == turn)
                newest.Remove(lane);
        }
    }

    /// <summary>A request's place in its lane.</summary>
    internal sealed class Turn : IDisposable
    {
        private readonly Lanes lanes;
        private readonly string? lane;
        private readonly CancellationTokenSource stop;
        private readonly Lock gate = new();
        private bool isOver;

        public Turn(Lanes lanes, string? lane, CancellationToken gone)
        {
            (this.lanes, this.lane) = (lanes, lane);
            stop = CancellationTokenSource.CreateLinkedTokenSource(gone);
            Token = stop.Token;
        }

        /// <summary>Says that it is overtaken, or that nobody waits for it.</summary>
        public CancellationToken Token { get; }

        /// <summary>Whether a newer request has taken its place.</summary>
        public bool IsOvertaken { get; private set; }

        /// <summary>Leaves the lane.</summary>
        public void Dispose()
        {
            if (lane is not null)
                lanes.Leave(lane, this);
            lock (gate)
            {
                isOver = true;
                stop.Dispose();
            }
        }

        internal void Overtake()
        {
            lock (gate)
            {
                if (isOver)
                    return;
                IsOvertaken = true;
                stop.Cancel();
            }
        }
    }
}
