namespace ZfDecl.Distributed;

/// <summary>
/// Where a rank takes its pieces of work from: <see cref="Serve"/> runs on the messenger's thread, all else on the thread that does the work.
/// </summary>
internal interface IWorkSource
{
    /// <summary>Asks for the end of what is under way: this rank or another is stopped, or has failed.</summary>
    CancellationToken Stop { get; }

    /// <summary>Whether all ranks were stopped before everything was done; known when <see cref="Serve"/> has ended.</summary>
    bool IsStopped { get; }

    /// <summary>Waits for a piece; null where there are no more.</summary>
    int? Next();

    /// <summary>A piece is done.</summary>
    void Done(int piece, byte[] result);

    /// <summary>This rank works no more.</summary>
    /// <param name="isStopped">Whether it was asked to stop.</param>
    void Leave(bool isStopped);

    /// <summary>There is no more talking to the others: a rank has failed.</summary>
    void Abandon();

    /// <summary>Talks to the other ranks until none of them works any more.</summary>
    /// <exception cref="Messages.ZfDeclException">A rank has failed, or is no longer heard of.</exception>
    void Serve(Messenger thread);
}
