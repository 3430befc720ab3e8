using System.Text.RegularExpressions;

namespace ZfDecl.Data.Sets;

/// <summary>
/// What the name of a class says: a synset stands before its readable name (<c>n01440764 tench</c>), a number before that of a category of Caltech-256
/// (<c>001.ak47</c>).
/// </summary>
internal static partial class ClassName
{
    /// <summary>What stays the same of a name, whether or not a readable one is known: of a synset its number, else the name.</summary>
    public static string Key(string name) => Synset().Match(name) is { Success: true } match ? match.Groups[1].Value : name;

    /// <summary>Whether a folder is named by a synset alone.</summary>
    public static bool IsSynset(string name) => name.Length == 9 && Synset().IsMatch(name);

    /// <summary>The parts that a name consists of, a synset or number and what stands behind it; none where it is of one piece.</summary>
    public static IEnumerable<string> PartsOf(string name) => Parts().Match(name).Groups.Values.Skip(1).Where(part => part.Success).Select(part => part.Value);

    /// <summary>Whether somebody who writes a word may mean the class: its whole name, or either part of it. Case does not matter.</summary>
    public static bool Means(string word, string name) =>
        string.Equals(word, name, StringComparison.OrdinalIgnoreCase)
        || PartsOf(name).Any(part => string.Equals(part, word, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^(n\d{8})(?: |$)")]
    private static partial Regex Synset();

    [GeneratedRegex(@"^(?:(n\d{8}) |\d{3}\.)(.+)$", RegexOptions.Singleline)]
    private static partial Regex Parts();
}
