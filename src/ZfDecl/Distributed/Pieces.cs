namespace ZfDecl.Distributed;

/// <summary>Messages of any length: MPI counts the bytes of one in 32 bits.</summary>
internal static class Pieces
{
    private const int Tag = 2, Largest = 1 << 28;

    /// <summary>Begins to send; nothing where there are no bytes.</summary>
    internal static void Send(ITransport transport, int rank, nint memory, long bytes, List<long> under)
    {
        for (var first = 0L; first < bytes; first += Largest)
            under.Add(transport.Send(rank, Tag, memory + (nint)first, (int)Math.Min(Largest, bytes - first)));
    }

    /// <summary>Begins to receive; nothing where there are no bytes.</summary>
    internal static void Receive(ITransport transport, int rank, nint memory, long bytes, List<long> under)
    {
        for (var first = 0L; first < bytes; first += Largest)
            under.Add(transport.Receive(rank, Tag, memory + (nint)first, (int)Math.Min(Largest, bytes - first)));
    }
}
