namespace ZfDecl.Tests.Training;

/// <summary>Tests that draw from TorchSharp's global generator, or count what lives, and so run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RandomNumbers
{
    public const string Name = "TorchSharp's global random numbers";
}
