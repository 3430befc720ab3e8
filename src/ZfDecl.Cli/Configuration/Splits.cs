namespace ZfDecl.Cli.Configuration;

/// <summary>The parts of the data that a user may name.</summary>
internal static class Splits
{
    /// <summary>The images that a network is trained on.</summary>
    public const string Train = "train";

    /// <summary>The images that choose the epoch.</summary>
    public const string Validation = "validation";

    /// <summary>The images that take no part in a training.</summary>
    public const string HeldOut = "test";

    /// <summary>Both parts that take part in a training.</summary>
    public const string All = "all";
}
