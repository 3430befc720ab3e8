namespace ZfDecl.Data.Decoding;

/// <summary>An image file of a class.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">Its path in the data folder, with forward slashes.</param>
/// <param name="Class">The name of its class.</param>
/// <param name="Length">Its length in bytes.</param>
internal sealed record ImageFile(string Path, string Name, string Class, long Length);
