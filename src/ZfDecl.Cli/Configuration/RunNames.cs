namespace ZfDecl.Cli.Configuration;

/// <summary>Names of runs that mean something.</summary>
internal static class RunNames
{
    /// <summary>The name under which a network is looked at with the weights that a training would start from.</summary>
    public const string Untrained = "untrained";

    /// <summary>The name under which the weights of the repository are looked at.</summary>
    public const string Shipped = "shipped";
}
