using static TorchSharp.torch;

namespace ZfDecl.Files;

/// <summary>A tensor that is written to a file piece by piece, and never whole in memory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Read">Hands over all its bytes, little-endian, in row-major order.</param>
internal sealed record StreamedTensor(string Name, ScalarType Type, long[] Shape, Action<Action<ReadOnlySpan<byte>>> Read);
