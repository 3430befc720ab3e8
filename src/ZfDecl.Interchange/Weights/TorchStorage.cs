using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Weights;

/// <summary>A row of numbers that tensors of PyTorch are views of.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">What the numbers are.</param>
/// <param name="Count">How many.</param>
internal sealed record TorchStorage(string Key, ElementType Type, long Count);
