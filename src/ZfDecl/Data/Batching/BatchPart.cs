namespace ZfDecl.Data.Batching;

/// <summary>The part of each minibatch that one of several processes takes: neighbouring images, as many as the others have, or one more or less.</summary>
/// <param name="Rank">Which part, from 0.</param>
/// <param name="Size">How many parts there are.</param>
public readonly record struct BatchPart(int Rank, int Size)
{
    /// <summary>All of it.</summary>
    public static BatchPart Whole { get; } = new(0, 1);

    /// <summary>Where the part lies.</summary>
    /// <param name="images">Images in the minibatch; fewer than parts leave some parts empty.</param>
    public (int First, int End) Of(int images) => ((int)((long)images * Rank / Size), (int)((long)images * (Rank + 1) / Size));
}
