using System.Text.RegularExpressions;
using ZfDecl.Data.Sets;

namespace ZfDecl.Data.Layouts;

/// <summary>The words by which data sets call their parts, as folders and in the <c>split</c> column of a list. Case does not matter.</summary>
internal static partial class PartWords
{
    // A part, a line; the first words are the usual ones.
    private static readonly (DataPart Part, string[] Words)[] Table =
    [
        (DataPart.Train, ["train", "training"]),
        (DataPart.Validation, ["val", "valid", "validation", "dev"]),
        (DataPart.Test, ["test", "testing"]),
    ];

    /// <summary>All words, for a message.</summary>
    public static string All { get; } = string.Join(", ", Table.SelectMany(row => row.Words));

    /// <summary>The part that a word names; null where it names none.</summary>
    public static DataPart? Of(string word)
    {
        foreach (var (part, words) in Table)
        {
            if (words.Contains(word, StringComparer.OrdinalIgnoreCase))
                return part;
        }
        return null;
    }

    /// <summary>The part that a longer name speaks of, such as <c>seg_train</c>, <c>test2017</c> or <c>TrainingSet</c>; null where it speaks of none.</summary>
    public static DataPart? Within(string name) => Words().Matches(name).Select(word => Of(word.Value)).FirstOrDefault(part => part is not null);

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex Words();
}
