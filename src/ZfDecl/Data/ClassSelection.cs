using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ZfDecl.Runs;

namespace ZfDecl.Data;

/// <summary>Keeps some classes of a data set, as if the others were not there.</summary>
public static class ClassSelection
{
    private const int NamesShown = 20;

    /// <summary>The classes that a text selects.</summary>
    /// <param name="text">
    /// Names, numbers from 0 and ranges of numbers, with plus signs, commas or semicolons between: <c>0-4</c>, <c>Bag+Sandal</c>, <c>0-2+Bag</c>. A word that
    /// is the name of a class means that class, whatever else it could mean; of a synset and its name, <c>n01440764 tench</c>, either will do; case does not matter.
    /// </param>
    /// <param name="classes">The names of all classes, in the order of their labels.</param>
    /// <returns>Labels, ascending, each once; at least two.</returns>
    /// <exception cref="ZfDeclException">ZF1170: a word names no class, or fewer than two classes are selected.</exception>
    public static IReadOnlyList<int> Parse(string text, IReadOnlyList<string> classes)
    {
        int[] selected = [.. text.Split(['+', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(Labels).Distinct().Order()];
        return selected.Length >= 2 ? selected : throw new ZfDeclException("ZF1170", $"'{text}' selects {selected.Length} of the {classes.Count} classes; at least 2 are needed");

        IEnumerable<int> Labels(string word)
        {
            for (var label = 0; label < classes.Count; label++)
            {
                if (string.Equals(classes[label], word, StringComparison.OrdinalIgnoreCase))
                    return [label];
            }
            int[] meant = [.. Enumerable.Range(0, classes.Count).Where(label => ClassName.Means(word, classes[label]))];
            if (meant.Length > 0)
                return meant;
            var ends = word.Split('-');
            if (ends.Length is 1 or 2 && Number(ends[0]) is { } first && Number(ends[^1]) is { } last && first <= last && last < classes.Count)
                return Enumerable.Range(first, last - first + 1);
            throw new ZfDeclException("ZF1170", $"'{word}' is no class; give names, numbers 0 … {classes.Count - 1} or ranges such as 0-{classes.Count / 2}, with + between; "
                + $"the classes are {string.Join(", ", classes.Take(NamesShown))}{(classes.Count > NamesShown ? " …" : "")}");
        }
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
            $"{data.Description}; without {Listed(leftOut)}, which is no category (-p:Classes=0-{data.Train.Classes.Count - 1} takes it in), {kept.Train.Count} and {kept.Validation.Count} of {kept.Train.Classes.Count} classes"));

    private static ImageData Of(ImageData data, IReadOnlyList<int> selected, Func<ImageData, string> describe)
    {
        string[] names = [.. selected.Select(label => data.Train.Classes[label])];
        var places = selected.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var (train, validation) = (Subset(data.Train), Subset(data.Validation));
        if (train.Count == 0 || validation.Count == 0)
            throw new ZfDeclException("ZF1171", $"of the classes {Listed(names)} there are {train.Count} training and {validation.Count} validation images; at least one of each is needed");
        var kept = data with { Train = train, Validation = validation, Hash = Hash(data.Hash, names), Background = [] };
        return kept with { Description = describe(kept) };

        SubsetImageSet Subset(ImageSet set) =>
            new(set, [.. Enumerable.Range(0, set.Count).Where(image => places.ContainsKey(set.Label(image)))], label => places[label], names);
    }

    private static Func<ImageData, string> Describe(ImageData data) => kept => FormattableString.Invariant(
        $"{data.Description}; of these {kept.Train.Count} and {kept.Validation.Count} of the {kept.Train.Classes.Count} classes {Listed(kept.Train.Classes)}");

    private static string Listed(IReadOnlyList<string> names) => string.Join(", ", names.Take(NamesShown)) + (names.Count > NamesShown ? " …" : "");

    /// <summary>The hash of a selection.</summary>
    internal static string Hash(string data, string[] names) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{data}\nclasses {string.Join('\0', names)}")));

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
