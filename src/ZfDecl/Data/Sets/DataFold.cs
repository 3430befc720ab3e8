namespace ZfDecl.Data.Sets;

/// <summary>One of the parts that training images are divided into, each of which validates in a training of its own (cross-validation).</summary>
/// <param name="Number">Which, 1 … <paramref name="Count"/>.</param>
/// <param name="Count">How many parts there are; at least 2.</param>
public readonly record struct DataFold(int Number, int Count)
{
    /// <summary><c>fold 2 of 5</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"fold {Number} of {Count}");
}
