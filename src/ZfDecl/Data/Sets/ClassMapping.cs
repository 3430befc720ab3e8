using System.Globalization;
using ZfDecl.Messages;

namespace ZfDecl.Data.Sets;

/// <summary>
/// Which class of a network each class of some data is. A network's classes are those that it was trained on, in the order of its outputs; a folder that it looks
/// at may have fewer, more or others, in any order. They are found by name: the same name; else the same synset, whether or not a readable name stands behind it;
/// else the same but for case; else a name that is a part of the other, as <c>tench</c> of <c>n01440764 tench</c>. A name that could be two is neither.
/// </summary>
public sealed class ClassMapping
{
    private const int NamesShown = 10;

    private readonly int[] labels;          // of each class of the data: the network's output, or Unknown

    private ClassMapping(IReadOnlyList<string> given, IReadOnlyList<string> known, int[] labels) => (Given, Known, this.labels) = (given, known, labels);

    /// <summary>The names of the data's classes, in the order of their labels.</summary>
    public IReadOnlyList<string> Given { get; }

    /// <summary>The names of the network's classes, in the order of its outputs.</summary>
    public IReadOnlyList<string> Known { get; }

    /// <summary>Whether one of the two has no names but numbers, so that the n-th class of one was taken for the n-th of the other.</summary>
    public bool IsByNumber { get; private init; }

    /// <summary>Whether every label is what it was.</summary>
    public bool IsIdentity => Given.SequenceEqual(Known);

    /// <summary>The data's classes that the network knows, as the data call them.</summary>
    public IReadOnlyList<string> Shared => [.. Given.Where((_, label) => labels[label] != ImageSet.Unknown)];

    /// <summary>The data's classes that the network does not know.</summary>
    public IReadOnlyList<string> Strange => [.. Given.Where((_, label) => labels[label] == ImageSet.Unknown)];

    /// <summary>Finds each class of the data among a network's.</summary>
    /// <param name="given">The names of the data's classes, in the order of their labels.</param>
    /// <param name="known">The names of the network's classes, in the order of its outputs.</param>
    /// <param name="numbered">
    /// Where the data's files number their classes, the names of all of them in that order (see <see cref="ImageData.Numbered"/>). Where then no name fits, and one
    /// side calls as many classes by their numbers as the other has names for, the numbers say which is which.
    /// </param>
    public static ClassMapping Of(IReadOnlyList<string> given, IReadOnlyList<string> known, IReadOnlyList<string>? numbered = null)
    {
        if (given.SequenceEqual(known))
            return new(given, known, [.. Enumerable.Range(0, given.Count)]);
        var byName = new ClassMapping(given, known, ByName(given, known));
        return byName.Shared.Count == 0 && numbered?.Count == known.Count && (AreNumbers(numbered) || AreNumbers(known))
            ? new(given, known, [.. given.Select(name => numbered.Index().First(one => one.Item == name).Index)]) { IsByNumber = true }
            : byName;
    }

    /// <summary>No class of the data is one of the network's: their images hold objects of several.</summary>
    internal static ClassMapping None(IReadOnlyList<string> given, IReadOnlyList<string> known) => new(given, known, [.. given.Select(_ => ImageSet.Unknown)]);

    /// <summary>The network's output for a class of the data, or <see cref="ImageSet.Unknown"/>.</summary>
    /// <param name="label">The data's label, 0 … <c>Given.Count − 1</c>.</param>
    public int this[int label] => labels[label];

    /// <summary>Says what of the data's classes the network does not know.</summary>
    /// <param name="network">What the network is called, for example <c>run 'default' of Pictures</c>.</param>
    /// <param name="log">Gets the warning ZF1481, in one line.</param>
    /// <param name="trains">The command that makes a network for these images; null where that is not what is missing.</param>
    /// <exception cref="ZfDeclException">ZF1480: it knows none of them.</exception>
    public void Check(string network, IRunLog log, string? trains = null)
    {
        var strange = Strange;
        if (strange.Count == Given.Count)
        {
            throw new ZfDeclException("ZF1480", $"{network} knows none of the classes of these images: it was trained on {Listed(Known)}, and they are of {Listed(strange)}. "
                + (trains is null ? "" : $"A network for these images is made by: {trains}. ")
                + "Name the folders like the classes it knows, or look at its own images; `transfer` and `analyze-features` try its features on other classes");
        }
        if (IsByNumber)
            log.Say($"{network} and these images have as many classes, of which one side has only the numbers: they are taken in the same order, {Listed(Known)}");
        if (strange.Count > 0)
            log.Warn("ZF1481", $"{network} was not trained on {strange.Count} of the {Given.Count} classes of these images: {Listed(strange)}. Their images keep these names where they are looked at, and are left out where the true class must be known");
    }

    private static int[] ByName(IReadOnlyList<string> given, IReadOnlyList<string> known)
    {
        int[] labels = [.. given.Select(_ => ImageSet.Unknown)];
        // From the strictest to the loosest: the classes of the network that a name may mean.
        Func<string, IEnumerable<int>>[] rules = [Same(name => name), Same(ClassName.Key), Same(Caseless), Parts(known)];
        foreach (var candidates in rules)
        {
            var found = from label in Enumerable.Range(0, given.Count)
                        where labels[label] == ImageSet.Unknown
                        let meant = candidates(given[label]).Distinct().Take(2).ToArray()
                        where meant.Length == 1 && !labels.Contains(meant[0])
                        group label by meant[0];
            foreach (var claim in found.ToArray())
            {
                if (claim.Count() == 1)
                    labels[claim.Single()] = claim.Key;
            }
        }
        return labels;

        Func<string, IEnumerable<int>> Same(Func<string, string> key)
        {
            var positions = known.Index().ToLookup(one => key(one.Item), one => one.Index);
            return name => positions[key(name)];
        }
    }

    private static Func<string, IEnumerable<int>> Parts(IReadOnlyList<string> known)
    {
        var wholes = known.Index().ToLookup(one => Caseless(one.Item), one => one.Index);
        var parts = known.Index().SelectMany(one => ClassName.PartsOf(one.Item).Select(part => (Part: Caseless(part), one.Index))).ToLookup(one => one.Part, one => one.Index);
        return name => parts[Caseless(name)].Concat(ClassName.PartsOf(name).SelectMany(part => wholes[Caseless(part)]));
    }

    private static string Caseless(string name) => name.ToUpperInvariant();

    private static bool AreNumbers(IReadOnlyList<string> names) => names.Index().All(one => one.Item == one.Index.ToString(CultureInfo.InvariantCulture));

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(NamesShown).Select(name => $"'{name}'")) + (names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "");
}
