namespace ZfDecl.Runs;

/// <summary>Where the weights of a run come from that nobody has trained here.</summary>
/// <param name="File">The name of the file, without its folder.</param>
/// <param name="Sha256">SHA-256 of the file, lowercase hex.</param>
/// <param name="Format">What it is, for example <c>ONNX opset 17</c>.</param>
/// <param name="Producer">The program that wrote it, as it says itself; empty where it does not.</param>
/// <param name="Licence">What it says of its licence; empty where it says nothing.</param>
/// <param name="Labels">The file that the names of the classes come from; null where they are numbers, or in the file itself.</param>
/// <param name="Weights">Of weights that were read for a declared network, which tensor of the file each is; null where the file declares the network too.</param>
public sealed record ImportRecord(string File, string Sha256, string Format, string Producer, string Licence, string? Labels = null, IReadOnlyDictionary<string, string>? Weights = null);
