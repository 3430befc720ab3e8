namespace ZfDecl.Networks;

/// <summary>A row of the generated registry: what a network is, and how to make one.</summary>
/// <param name="Info">The declaration.</param>
/// <param name="Create">Makes the network with untrained weights for a number of classes; the caller owns it.</param>
public sealed record NetworkEntry(NetworkInfo Info, Func<int, ConvNet> Create);
