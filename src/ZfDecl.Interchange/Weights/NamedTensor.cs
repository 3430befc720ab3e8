using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Weights;

/// <summary>A tensor of a file of weights.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Values">Its values, which are read when they are needed.</param>
internal sealed record NamedTensor(string Name, TensorSource Values);
