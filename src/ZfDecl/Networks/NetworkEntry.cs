namespace ZfDecl.Networks;

/// <summary>A row of the generated registry: what a network is, and how to make one.</summary>
/// <param name="Info">The declaration.</param>
/// <param name="Create">Makes the network with untrained weights for a number of classes; the caller owns it.</param>
public sealed record NetworkEntry(NetworkInfo Info, Func<int, ConvNet> Create);


/// <summary>Says where an assembly lists the networks that its specs declare, and where their project keeps specs and runs. Generated code carries it, so that a program which opens the assembly finds them.</summary>
/// <param name="registry">The generated class: it has the static properties <c>All</c>, of <see cref="NetworkEntry"/>, and <c>LeftOut</c>, of <see cref="BrokenNetwork"/>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class NetworkRegistryAttribute(Type registry) : Attribute
{
    /// <summary>The folder of specs where a project names none.</summary>
    public const string DefaultSpecs = "specs";

    /// <summary>The folder of runs where a project names none.</summary>
    public const string DefaultArtifacts = "artifacts";

    /// <summary>The generated class.</summary>
    public Type Registry => registry;

    /// <summary>The folder of specs, relative to the project's.</summary>
    public string Specs { get; set; } = DefaultSpecs;

    /// <summary>The folder of runs, relative to the project's unless it is rooted.</summary>
    public string Artifacts { get; set; } = DefaultArtifacts;
}
