using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Weights.Matching;

/// <summary>A weight of a network, and where it comes from.</summary>
/// <param name="Name">Its name in the network.</param>
/// <param name="Source">Its name in the file.</param>
/// <param name="Values">Its values, in the network's shape.</param>
internal sealed record MatchedTensor(string Name, string Source, TensorSource Values);
