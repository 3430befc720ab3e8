using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Report.Contents;

/// <summary>A file as it was read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">The hash of what was in it; null where it was not there.</param>
internal sealed record FileVersion(string Path, string? Sha256)
{
    /// <summary>A file as it is now.</summary>
    public static FileVersion Of(string path) => new(path, Hash(path));

    /// <summary>Whether it is there still as it was read.</summary>
    public bool IsThere() => Hash(Path) == Sha256;

    /// <summary>What is said where it is not.</summary>
    public ZfDeclException Replaced(Exception? cause = null) =>
        new("ZF1228", "another command has replaced this while the report was made, which would show a part of the old and a part of the new. Repeat the command", Path, cause);

    private static string? Hash(string path)
    {
        try
        {
            return RegularFile.Sha256(path);
        }
        catch (Exception cause) when (cause is IOException or ZfDeclException)
        {
            return null;
        }
    }
}
