using System.Globalization;
using ZfDecl.Files;

namespace ZfDecl.Data.Formats;

/// <summary>What is particular to EMNIST (Cohen et al. 2017): images that lie on their side, and classes that are characters.</summary>
internal static class Emnist
{
    private const string Digits = "0123456789", Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", SmallThatDiffer = "abdefghnqrt";

    /// <summary>The labels of its letters begin at 1.</summary>
    public const int Letters = 26;

    /// <summary>Whether files are its own, by what stands before their part.</summary>
    public static bool IsNamed(string set) => set.StartsWith("emnist", StringComparison.OrdinalIgnoreCase);

    /// <summary>The characters of its classes, in the order of their labels; null where the set is none of its six.</summary>
    /// <param name="set">As of <see cref="IdxNames.Set"/>.</param>
    /// <param name="mapping">The file <c>emnist-…-mapping.txt</c> with lines of a label and character codes; null where it is not there.</param>
    public static string[]? Classes(string set, string? mapping)
    {
        if (mapping is not null && ReadMapping(mapping) is { Length: > 1 } names)
            return names;
        var characters = set.ToLowerInvariant() switch
        {
            var name when name.Contains("letters", StringComparison.Ordinal) => Capitals,
            var name when name.Contains("digits", StringComparison.Ordinal) || name.Contains("mnist-mnist", StringComparison.Ordinal) => Digits,
            var name when name.Contains("balanced", StringComparison.Ordinal) || name.Contains("bymerge", StringComparison.Ordinal) => Digits + Capitals + SmallThatDiffer,
            var name when name.Contains("byclass", StringComparison.Ordinal) => Digits + Capitals + Capitals.ToLowerInvariant(),
            _ => null,
        };
        return characters is null ? null : [.. characters.Select(character => $"{character}")];
    }

    /// <summary>Turns images upright: rows become columns.</summary>
    /// <param name="pixels">[N, side, side], turned in place.</param>
    /// <param name="side">Their side.</param>
    public static void Transpose(Span<byte> pixels, int side)
    {
        for (; pixels.Length > 0; pixels = pixels[(side * side)..])
        {
            for (var y = 0; y < side; y++)
                for (var x = 0; x < y; x++)
                    (pixels[y * side + x], pixels[x * side + y]) = (pixels[x * side + y], pixels[y * side + x]);
        }
    }

    private static string[]? ReadMapping(string path)
    {
        var codes = RegularFile.ReadInputLines(path).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(line => line.Length >= 2)
            .Select(line => int.TryParse(line[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is > 32 and < 127 ? $"{(char)code}" : null).ToArray();
        return codes.Contains(null) ? null : [.. codes.OfType<string>()];
    }
}
