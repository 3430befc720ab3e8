using System.Globalization;
using ZfDecl.Data;
using ZfDecl.Data.Sets;
using ZfDecl.Generators.Primitives;
using ZfDecl.Messages;

namespace ZfDecl.Search;

/// <summary>Some images of a set: a number of them, drawn by chance, or those that are named.</summary>
public static class ImageSelection
{
    /// <summary>The names that an error shows.</summary>
    private const int NamesShown = 3;

    /// <summary>Draws images of known classes by chance, of as many classes as there are: no class comes again before all have come.</summary>
    /// <param name="images">The set.</param>
    /// <param name="count">How many; all where there are fewer.</param>
    /// <param name="seed">The same seed draws the same images.</param>
    /// <returns>Their indices, in the order drawn.</returns>
    public static IReadOnlyList<int> Random(ImageSet images, int count, int seed)
    {
        int[] order = [.. Enumerable.Range(0, images.Count).Where(image => images.Label(image) != ImageSet.Unknown)];
        new AugmentationRandom(seed, 0, -1).Shuffle(order);
        return [.. order.GroupBy(images.Label)
            .SelectMany(group => group.Select((image, round) => (image, round)))
            .OrderBy(drawn => drawn.round)      // stable: within a round the classes come as drawn
            .Take(count)
            .Select(drawn => drawn.image)];
    }

    /// <summary>Finds images as a user names them.</summary>
    /// <param name="images">The set.</param>
    /// <param name="text">
    /// A whole number, for so many by chance; or names with <c>+</c>, <c>,</c> or <c>;</c> between, each as <see cref="ImageSet.NameOf"/> gives it or the end of it
    /// that only one image has, for example <c>[117]</c>.
    /// </param>
    /// <param name="seed">The same seed draws the same images.</param>
    /// <returns>Their indices, in the order given.</returns>
    /// <exception cref="ZfDeclException">ZF1431: there are no images, or some names are those of none or of several; the message says so of each.</exception>
    public static IReadOnlyList<int> Of(ImageSet images, string text, int seed)
    {
        if (images.Count == 0)
            throw new ZfDeclException("ZF1431", "there are no images in this split; choose another `split`");
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return count <= 0 ? throw new ZfDeclException("ZF1431", "`images=0`: give at least one image")
                : Random(images, count, seed) is { Count: > 0 } drawn ? drawn
                : throw new ZfDeclException("ZF1431", "no image of this split is of a class that the network knows; choose another `split`");
        }
        // A name may hold any letter: the whole is tried first.
        var wanted = Named(images, text) is [_] ? [text] : text.Split(['+', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var found = wanted.Select(name => (Name: name, Indices: Named(images, name))).ToArray();
        string[] faults = [.. found.Where(one => one.Indices.Count != 1).Select(one => Fault(images, one.Name, one.Indices))];
        return faults.Length == 0 && found.Length > 0
            ? [.. found.Select(one => one.Indices[0]).Distinct()]
            : throw new ZfDeclException("ZF1431", $"`images={text}`: {string.Join("; ", faults)}. Give a number of images, or names of this split such as {Examples(images)}, with + between");
    }

    /// <summary>The images that a name may mean: the one called so, with or without regard to case; else all whose names end so, for example in <c>[117]</c>.</summary>
    /// <param name="images">The set.</param>
    /// <param name="name">What a user calls an image.</param>
    /// <returns>Their indices; one where the name is clear.</returns>
    public static IReadOnlyList<int> Named(ImageSet images, string name)
    {
        if (name.Length == 0)
            return [];
        var (inAnyCase, ending) = (-1, new List<int>());
        for (var index = 0; index < images.Count; index++)
        {
            var own = images.NameOf(index);
            if (own == name)
                return [index];
            if (inAnyCase < 0 && own.Equals(name, StringComparison.OrdinalIgnoreCase))
                inAnyCase = index;
            if (own.EndsWith(name, StringComparison.Ordinal))
                ending.Add(index);
        }
        return inAnyCase >= 0 ? [inAnyCase] : ending;
    }

    /// <summary>Finds the one image that a user means: a number is its index, anything else its name.</summary>
    /// <param name="images">The set.</param>
    /// <param name="text">Its index or its name.</param>
    /// <returns>Its index; or why there is none, a sentence without its stop.</returns>
    public static (int? Index, string? Fault) Find(ImageSet images, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < images.Count)
            return (index, null);
        var found = Named(images, text);
        return found is [var only] ? (only, null) : (null, Fault(images, text, found));
    }

    /// <summary>Reads one image that a user names: a number is its index.</summary>
    /// <param name="images">The set.</param>
    /// <param name="text">Its index or its name.</param>
    /// <returns>Its index.</returns>
    /// <exception cref="ZfDeclException">ZF1431: the name is that of no image, or of several.</exception>
    public static int One(ImageSet images, string text) => Find(images, text) switch
    {
        ({ } index, _) => index,
        (_, var fault) => throw new ZfDeclException("ZF1431",
            $"`image={text}`: {fault}{(Named(images, text).Count == 0 ? ", and there is no such file" : "")}. Give a name such as {images.NameOf(0)}, a number 0 … {images.Count - 1}, or a picture file"),
    };

    private static string Fault(ImageSet images, string name, IReadOnlyList<int> found) => found.Count == 0
        ? $"no image is called '{name}'{(Nearest.To(name, Enumerable.Range(0, images.Count).Select(images.NameOf)) is { } near ? $" (did you mean '{near}'?)" : "")}"
        : $"'{name}' may be {string.Join(" or ", found.Take(NamesShown).Select(images.NameOf))}{(found.Count > NamesShown ? " …" : "")}";

    private static string Examples(ImageSet images) => string.Join(", ", Enumerable.Range(0, Math.Min(NamesShown, images.Count)).Select(images.NameOf));
}
