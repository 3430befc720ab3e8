namespace ZfDecl.Interchange.Specs;

/// <summary>Where a network comes from: three lines at the head of its spec.</summary>
/// <param name="File">The name of the file, without its folder.</param>
/// <param name="Sha256">SHA-256 of the file, lowercase hex.</param>
/// <param name="Format">What it is, for example <c>ONNX opset 17</c>.</param>
/// <param name="Producer">The program that wrote it, as it says itself; empty where it does not.</param>
/// <param name="Licence">What it says of its licence; empty where it says nothing.</param>
internal sealed record Provenance(string File, string Sha256, string Format, string Producer, string Licence)
{
    /// <summary>The lines, without the sign of a comment.</summary>
    public IReadOnlyList<string> Lines =>
    [
        $"Imported from {OneLine(File)} ({OneLine(Format)}{(Producer.Length > 0 ? $", written by {OneLine(Producer)}" : "")}).",
        $"SHA-256 {Sha256}.",
        Licence.Length > 0 ? $"Licence: {OneLine(Licence)}." : "The file states no licence.",
    ];

    private static string OneLine(string text) => string.Concat(text.Select(sign => char.IsControl(sign) ? ' ' : sign)).Trim();
}
