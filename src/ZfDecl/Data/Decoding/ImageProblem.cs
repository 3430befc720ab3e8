namespace ZfDecl.Data.Decoding;

/// <summary>Why an image file cannot be used.</summary>
/// <param name="Code">ZF11xx.</param>
/// <param name="Finding">What was found, as half a sentence.</param>
internal sealed record ImageProblem(string Code, string Finding);
