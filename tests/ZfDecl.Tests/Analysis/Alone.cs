namespace ZfDecl.Tests.Analysis;

/// <summary>Tests that count all live tensors of the process run while no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
