using System.Globalization;
using ZfDecl.Data;
using ZfDecl.Runs;

namespace ZfDecl.Analysis;

/// <summary>Some images of a set: a number of them, drawn by chance, or those that are named.</summary>
public static class ImageSelection
{
    /// <summary>The names that an error shows.</summary>
    private const int NamesShown = 3;

    /// <summary>Draws images by chance, of as many classes as there are: no class comes again before all have come.</summary>
    /// <param name="images">The set.</param>
    /// <param name="count">How many; all where there are fewer.</param>
    /// <param name="seed">The same seed draws the same images.</param>
    /// <returns>Their indices, in the order drawn.</returns>
    public static IReadOnlyList<int> Random(ImageSet images, int count, int seed)
    {
        var order = Enumerable.Range(0, images.Count).ToArray();
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
            throw new ZfDeclException("ZF1431", "there are no images in this split; choose another with -p:Split=…");
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return count > 0 ? Random(images, count, seed) : throw new ZfDeclException("ZF1431", "-p:Images=0: give at least one image");
        }
        var names = Enumerable.Range(0, images.Count).Select(images.NameOf).ToArray();
        var wanted = names.Contains(text, StringComparer.Ordinal) ? [text] : text.Split(['+', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var found = wanted.Select(name => (Name: name, Indices: Find(names, name))).ToArray();
        string[] faults = [.. found.Where(one => one.Indices.Length != 1).Select(one => one.Indices.Length == 0
            ? $"no image is called '{one.Name}'"
            : $"'{one.Name}' may be {string.Join(" or ", one.Indices.Take(NamesShown).Select(index => names[index]))}{(one.Indices.Length > NamesShown ? " …" : "")}")];
        if (faults.Length > 0 || found.Length == 0)
        {
            throw new ZfDeclException("ZF1431",
                $"-p:Images={text}: {string.Join("; ", faults)}. Give a number of images, or names of this split such as {string.Join(", ", names.Take(NamesShown))}, with + between");
        }
        return [.. found.Select(one => one.Indices[0]).Distinct()];
    }

    private static int[] Find(string[] names, string name)
    {
        var exact = Array.IndexOf(names, name);
        return exact >= 0 ? [exact] : [.. Enumerable.Range(0, names.Length).Where(index => names[index].EndsWith(name, StringComparison.Ordinal))];
    }
}
