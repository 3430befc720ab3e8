namespace ZfDecl.Interchange.Problems;

/// <summary>Something of a network that has no counterpart in a spec. It is collected, so that all of it is said at once.</summary>
/// <param name="reason">What it is.</param>
/// <param name="remedy">What would have to change.</param>
#pragma warning disable CA1032 // It is never given without both.
internal sealed class NotDeclarableException(string reason, string remedy) : Exception(reason)
#pragma warning restore CA1032
{
    public string Remedy { get; } = remedy;
}
