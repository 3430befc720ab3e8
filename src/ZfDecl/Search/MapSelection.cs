using System.Globalization;
using ZfDecl.Data;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Search;

/// <summary>Some feature maps of a layer: all, those that are named, or a number of them drawn by chance, as the paper's figures show.</summary>
public sealed class MapSelection
{
    private const string Random = "random:";

    private readonly string text;
    private readonly int seed;
    private readonly int[]? named;
    private readonly int? drawn;

    private MapSelection(string text, int seed, int[]? named, int? drawn) => (this.text, this.seed, this.named, this.drawn) = (text, seed, named, drawn);

    /// <summary>All maps.</summary>
    public static MapSelection All { get; } = new("all", 0, null, null);

    /// <summary>Reads a selection as a user writes it.</summary>
    /// <param name="text"><c>all</c>; <c>random:6</c>; or numbers from 0 with <c>+</c>, <c>,</c>, <c>;</c> or spaces between, for example <c>3+17</c>.</param>
    /// <param name="seed">The same seed draws the same maps.</param>
    /// <exception cref="ZfDeclException">ZF1434: it is none of these.</exception>
    public static MapSelection Parse(string text, int seed)
    {
        var written = text.Trim();
        if (written.Equals("all", StringComparison.OrdinalIgnoreCase))
            return new(text, seed, null, null);
        if (written.StartsWith(Random, StringComparison.OrdinalIgnoreCase))
            return Number(written[Random.Length..]) is > 0 and var count ? new(text, seed, null, count) : throw Invalid();
        var numbers = written.Split(['+', ',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray();
        return numbers.Length > 0 && numbers.All(number => number is not null) ? new(text, seed, [.. numbers.Select(number => number!.Value).Distinct()], null) : throw Invalid();

        ZfDeclException Invalid() => new("ZF1434", $"`maps={text}`: these are no feature maps; give all, random:6 for six by chance, or their numbers, such as 3+17");
    }

    /// <summary>The maps of a layer that are selected.</summary>
    /// <returns>Their numbers; rising where they were drawn, else in the order given. Where fewer are there than were to be drawn, all.</returns>
    /// <exception cref="ZfDeclException">ZF1434: the layer has not as many maps as a number says.</exception>
    public IReadOnlyList<int> Of(LayerInfo layer)
    {
        var maps = layer.Output.Maps;
        if (named is not null)
        {
            return Array.TrueForAll(named, map => map < maps) ? named : throw new ZfDeclException("ZF1434",
                $"`maps={text}`: layer '{layer.Name}' has the maps 0 … {maps - 1}, and no {named.First(map => map >= maps)}");
        }
        var all = Enumerable.Range(0, maps).ToArray();
        if (drawn is not { } count)
            return all;
        new AugmentationRandom(seed, 0, layer.Index).Shuffle(all);
        return [.. all.Take(count).Order()];
    }

    private static int? Number(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
