namespace ZfDecl.Data.Decoding;

/// <summary>Why an image file cannot be used.</summary>
/// <param name="Code">ZF11xx.</param>
/// <param name="Finding">What was found, as half a sentence.</param>
internal sealed record ImageProblem(string Code, string Finding)
{
    /// <summary>The code of a picture of a kind that is not read, which is no damage.</summary>
    public const string NotSupported = "ZF1136";

    /// <summary>The kind of picture that is not supported, such as <c>HEIC</c>; null where it is something else.</summary>
    public string? Kind { get; init; }

    /// <summary>A picture of a kind that is not read.</summary>
    public static ImageProblem OfKind(string kind) => new(NotSupported, $"{kind} is not supported: convert it to PNG or JPEG") { Kind = kind };
}
