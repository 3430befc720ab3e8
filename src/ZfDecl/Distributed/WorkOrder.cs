namespace ZfDecl.Distributed;

/// <summary>
/// What ranks tell each other of shared work. A rank says what came out of its piece, and so asks for another; rank 0 orders one, and may order a stop unasked. After that, or where nothing is
/// left, it orders no more, and the rank says farewell when it has nothing in hand.
/// </summary>
internal static class WorkOrder
{
    /// <summary>What sort of message it is.</summary>
    internal const int Tag = 3;

    /// <summary>Numbers in the place of a piece's: a rank has none yet, nothing is left, a rank is stopped or is to stop, it leaves.</summary>
    internal const int None = -1, NothingLeft = -2, Stop = -3, Farewell = -4;

    /// <summary>How long the messenger's thread waits between two looks.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
}
