namespace ZfDecl.Generators.Primitives;

/// <summary>Characters that look like a space, or like nothing, and are no space to YAML: they come with texts copied from pages and word processors.</summary>
internal static class OddSpaces
{
    /// <summary>Whether a character is one.</summary>
    public static bool Is(char c) => c is '\u00A0' or '\u1680' or (>= '\u2000' and <= '\u200B') or '\u202F' or '\u205F' or '\u2060' or '\u3000' or '\uFEFF';

    /// <summary>The first of them in a text; null where there is none.</summary>
    public static char? FirstOf(string text)
    {
        foreach (var c in text)
        {
            if (Is(c))
                return c;
        }
        return null;
    }

    /// <summary>The text with a plain space for each: positions stay.</summary>
    public static string Replace(string text) => FirstOf(text) is null ? text : new([.. text.Select(c => Is(c) ? ' ' : c)]);

    /// <summary>In the words of an error message: <c>a no-break space (U+00A0)</c>.</summary>
    public static string Describe(char c) => c switch
    {
        '\u00A0' or '\u202F' => $"a no-break space (U+{(int)c:X4})",
        '\u200B' or '\u2060' or '\uFEFF' => $"an invisible character (U+{(int)c:X4})",
        _ => $"a wide or narrow space (U+{(int)c:X4})",
    };
}
