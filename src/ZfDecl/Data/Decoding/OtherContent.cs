using System.Text;

namespace ZfDecl.Data.Decoding;

/// <summary>What lies in the place of a picture where one was not downloaded.</summary>
internal static class OtherContent
{
    private static readonly (string Start, string Finding)[] Table =
    [
        ("version https://git-lfs.github.com/", "it is a pointer of Git LFS and not the picture: fetch it with 'git lfs pull'"),
        ("<!doctype html", "it is a web page and no picture: download it again"),
        ("<html", "it is a web page and no picture: download it again"),
        ("<?xml", "it is XML and no picture: download it again"),
    ];

    /// <summary>What it is, as half a sentence; null where that is not known.</summary>
    /// <param name="start">The first bytes of the file.</param>
    public static string? Of(ReadOnlySpan<byte> start)
    {
        var text = Encoding.Latin1.GetString(start).TrimStart();
        return Table.FirstOrDefault(row => text.StartsWith(row.Start, StringComparison.OrdinalIgnoreCase)).Finding;
    }
}
