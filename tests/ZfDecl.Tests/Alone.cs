namespace ZfDecl.Tests;

/// <summary>Tests that count all live tensors, or draw from TorchSharp's global generator, run while no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
