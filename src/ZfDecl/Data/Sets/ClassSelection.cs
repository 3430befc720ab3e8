using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ZfDecl.Messages;

namespace ZfDecl.Data.Sets;

/// <summary>Keeps some classes of a data set, as if the others were not there.</summary>
public static class ClassSelection
{
    private const int NamesShown = 20;

    /// <summary>The classes that a text selects.</summary>
    /// <param name="text">
    /// Names, numbers and ranges of numbers, with plus signs, commas or semicolons between: <c>0-4</c>, <c>Bag+Sandal</c>, <c>0-2+Bag</c>. A word that is the name of a
    /// class means that class, whatever else it could mean; of a synset and its name, <c>n01440764 tench</c>, either will do. Case decides where names differ in it
    /// alone. A number means the class of that name where names are numbers (both ends of a range then do, or all names), else the position in <paramref name="classes"/>, from 0.
    /// </param>
    /// <param name="classes">The names of all classes, in the order of their labels.</param>
    /// <returns>Labels, ascending, each once; at least two.</returns>
    /// <exception cref="ZfDeclException">ZF1170: a word names no class, or one of several whose names differ in case alone, or fewer than two classes are selected.</exception>
    public static IReadOnlyList<int> Parse(string text, IReadOnlyList<string> classes) => LabelsOf(text, classes) is { Length: >= 2 } selected
        ? selected
        : throw new ZfDeclException("ZF1170", $"'{text}' selects {LabelsOf(text, classes).Length} of the {classes.Count} classes; at least 2 are needed");

    /// <summary>One class, by its name or its number.</summary>
    /// <param name="text">As of <see cref="Parse"/>.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <returns>Its label.</returns>
    /// <exception cref="ZfDeclException">ZF1170: a word names no class, or one of several whose names differ in case alone, or not exactly one class is selected.</exception>
    public static int One(string text, IReadOnlyList<string> classes) => LabelsOf(text, classes) is { Length: 1 } selected
        ? selected[0]
        : throw new ZfDeclException("ZF1170", $"'{text}' selects {LabelsOf(text, classes).Length} of the {classes.Count} classes; exactly 1 is needed");

    /// <returns>Labels, ascending, each once.</returns>
    private static int[] LabelsOf(string text, IReadOnlyList<string> classes)
    {
        var values = classes.Select(Number).ToArray();              // of names that are numbers
        return [.. text.Split(['+', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(Labels).Distinct().Order()];

        IEnumerable<int> Labels(string word)
        {
            if (Where(label => classes[label] == word) is { Length: > 0 } exact)
                return exact;
            if (Where(label => classes[label].Equals(word, StringComparison.OrdinalIgnoreCase)) is { Length: > 0 } alike)
            {
                return alike.Length == 1 ? alike : throw new ZfDeclException("ZF1170",
                    $"'{word}' may be any of {string.Join(", ", alike.Select(label => $"'{classes[label]}'"))}; write the one that is meant as it stands there");
            }
            if (Where(label => ClassName.Means(word, classes[label])) is { Length: > 0 } meant)
                return meant;
            if (word.Split('-') is { Length: 1 or 2 } ends && Number(ends[0]) is { } first && Number(ends[^1]) is { } last && first <= last)
            {
                if (values.Contains(first) && values.Contains(last))
                    return Where(label => values[label] >= first && values[label] <= last);
                if (last < classes.Count && values.Contains(null))
                    return Where(label => label >= first && label <= last);
            }
            throw new ZfDeclException("ZF1170", $"'{word}' is no class; give names{Numbers()}, with + between; "
                + $"the classes are {Listed(classes)}");
        }

        int[] Where(Func<int, bool> isMeant) => [.. Enumerable.Range(0, classes.Count).Where(isMeant)];

        string Numbers() => values.Contains(null) ? $", numbers 0 … {classes.Count - 1} or ranges such as 0-{classes.Count / 2}" : $" or ranges of them, such as {classes[0]}-{classes[classes.Count / 2]}";
    }

    /// <summary>The images of some classes, labelled anew from 0 in the order of their labels.</summary>
    /// <param name="data">The data; owned by the result from here on.</param>
    /// <param name="text">As of <see cref="Parse"/>.</param>
    /// <returns>The data with a hash of its own; the caller disposes it.</returns>
    /// <exception cref="ZfDeclException">ZF1170: a word names no class, or fewer than two classes are selected; ZF1171: a part has no images of them.</exception>
    public static ImageData Of(ImageData data, string text)
    {
        var names = data.Train.Classes;
        return Of(data, Parse(text, names), Describe(data));
    }

    /// <summary>The images of the classes of a run, in its order; the data as they are where there is none of them.</summary>
    /// <param name="data">The data; owned by the result from here on.</param>
    /// <param name="names">The run's classes.</param>
    internal static ImageData Of(ImageData data, IReadOnlyList<string> names)
    {
        var mapping = ClassMapping.Of(data.Train.Classes, names, data.Numbered);
        int[] selected = [.. Enumerable.Range(0, mapping.Given.Count).Where(label => mapping[label] != ImageSet.Unknown).OrderBy(label => mapping[label])];
        return selected.Length == 0 ? data : Of(data, selected, Describe(data));
    }

    /// <summary>The images of all classes but some.</summary>
    /// <param name="data">The data; owned by the result from here on.</param>
    /// <param name="leftOut">The names of the others.</param>
    internal static ImageData Without(ImageData data, IReadOnlyList<string> leftOut) =>
        Of(data, [.. data.Train.Classes.Index().Where(name => !leftOut.Contains(name.Item)).Select(name => name.Index)], kept => FormattableString.Invariant(
            $"{data.Description}; without {Listed(leftOut)}, which is no category (classes 0-{data.Train.Classes.Count - 1} take it in), {Counts(kept)} of {kept.Train.Classes.Count} classes"));

    private static string Counts(ImageData kept) => FormattableString.Invariant(
        $"{kept.Train.Count}{(kept.Test is { } test ? $", {kept.Validation.Count} and {test.Count}" : $" and {kept.Validation.Count}")}");

    private static ImageData Of(ImageData data, IReadOnlyList<int> selected, Func<ImageData, string> describe)
    {
        string[] names = [.. selected.Select(label => data.Train.Classes[label])];
        var positions = selected.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var (train, validation) = (Subset(data.Train), Subset(data.Validation));
        if (train.Count == 0 || validation.Count == 0)
            throw new ZfDeclException("ZF1171", $"of the classes {Listed(names)} there are {train.Count} training and {validation.Count} validation images; at least one of each is needed");
        // The order of names is not part of the hash, and was that of texts when it was first taken.
        var hash = Hash(data.Hash, data.IsSortedByName ? [.. names.Order(StringComparer.Ordinal)] : names);
        var kept = data with { Train = train, Validation = validation, Test = data.Test is { } test ? Subset(test) : null, Hash = hash, Background = [] };
        return kept with { Description = describe(kept) };

        SubsetImageSet Subset(ImageSet set) =>
            new(set, [.. Enumerable.Range(0, set.Count).Where(image => positions.ContainsKey(set.Label(image)))], label => positions[label], names);
    }

    private static Func<ImageData, string> Describe(ImageData data) => kept => FormattableString.Invariant(
        $"{data.Description}; of these {Counts(kept)} of the {kept.Train.Classes.Count} classes {Listed(kept.Train.Classes)}");

    private static string Listed(IReadOnlyList<string> names) => string.Join(", ", names.Take(NamesShown)) + (names.Count > NamesShown ? " …" : "");

    /// <summary>The hash of a selection.</summary>
    internal static string Hash(string data, string[] names) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{data}\nclasses {string.Join('\0', names)}")));

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
