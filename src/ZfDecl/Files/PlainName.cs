using System.Buffers;
using System.Text;

namespace ZfDecl.Files;

/// <summary>
/// One plain name: it names a file or folder directly inside another one, on every system, and leads nowhere else. What a file or a user says is checked by it
/// before it becomes part of a path.
/// </summary>
internal static class PlainName
{
    /// <summary>The most bytes of a name in UTF-8. File systems hold 255; the rest is for endings.</summary>
    public const int LongestBytes = 200;

    private static readonly SearchValues<char> Separators = SearchValues.Create("/\\:"), Forbidden = SearchValues.Create("*?\"<>|");

    // What Windows takes for a device in any folder, with any ending.
    private static readonly string[] Devices =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" })];

    /// <summary>Whether a text is one plain name.</summary>
    public static bool Is(string name) => Flaw(name) is null;

    /// <summary>What keeps a text from being one plain name, in a few words; null where it is one.</summary>
    public static string? Flaw(string name) =>
        name.Length == 0 ? "it is empty"
        : name is "." or ".." ? "it is another folder"
        : name.AsSpan().ContainsAny(Separators) ? "it is a path"
        : name.AsSpan().ContainsAny(Forbidden) || name.Any(char.IsControl) ? "it has a sign that no file may have on some system"
        : name[0] == ' ' || name[^1] is ' ' or '.' ? "it begins or ends with a space, or ends with a dot"
        : Devices.Contains(name.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase) ? "Windows takes it for a device"
        : Encoding.UTF8.GetByteCount(name) > LongestBytes ? $"it is longer than {LongestBytes} bytes"
        : null;
}
