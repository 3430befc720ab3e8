using System.Text.RegularExpressions;
using ZfDecl.Data.Sets;

namespace ZfDecl.Data.Folders;

/// <summary>
/// The words by which data sets call their parts, as folders and in the <c>split</c> column of a list. Case, separators and decorations do not matter: <c>Test Set</c>,
/// <c>TRAINING_SET</c>, <c>trainset</c>, <c>seg_train</c> and <c>val2017</c> are parts.
/// </summary>
internal static partial class PartWords
{
    // A part, a line; the first words are the usual ones.
    private static readonly (DataPart Part, string[] Words)[] Table =
    [
        (DataPart.Train, ["train", "training"]),
        (DataPart.Validation, ["val", "valid", "validation", "dev", "eval", "evaluation"]),
        (DataPart.Test, ["test", "testing"]),
    ];

    // What may stand beside the word of a part, apart or, at the end, joined to it.
    private static readonly string[] Decorations =
        ["dataset", "set", "split", "data", "images", "image", "imgs", "img", "pictures", "pics", "photos", "seg", "ilsvrc", "folders", "folder"];

    /// <summary>All words, for a message.</summary>
    public static string All { get; } = string.Join(", ", Table.SelectMany(row => row.Words));

    /// <summary>The part that a name is of, which holds the word of one part and decorations alone; null where it names none.</summary>
    public static DataPart? Of(string name) =>
        WordsOf(name).Where(word => !Decorations.Contains(word) && !Year().IsMatch(word)).ToArray() is [var only] ? OfWord(only) : null;

    /// <summary>The part that a longer name speaks of, such as <c>flowers_train</c> or <c>testB</c>; null where it speaks of none.</summary>
    public static DataPart? Within(string name) => WordsOf(name).Select(OfWord).FirstOrDefault(part => part is not null);

    private static DataPart? OfWord(string word)
    {
        var bare = Decorations.Where(end => word.EndsWith(end, StringComparison.Ordinal)).Select(end => word[..^end.Length]).Append(word);
        return Table.Where(row => bare.Any(row.Words.Contains)).Select(row => (DataPart?)row.Part).FirstOrDefault();
    }

    /// <summary>The words and numbers that a name consists of, in small letters.</summary>
    private static IEnumerable<string> WordsOf(string name) => Words().Matches(name).Select(word => word.Value.ToLowerInvariant());

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lm}]+|\d+")]
    private static partial Regex Words();

    [GeneratedRegex(@"^(19|20)\d\d$")]
    private static partial Regex Year();
}
