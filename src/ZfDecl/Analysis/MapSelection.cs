using System.Globalization;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Analysis;

/// <summary>Which feature maps of a layer are shown.</summary>
public abstract record MapSelection
{
    private MapSelection()
    {
    }

    /// <summary>All maps.</summary>
    public static MapSelection All { get; } = new Every();

    /// <summary>The maps of those numbers, from 0.</summary>
    public static MapSelection Of(params IReadOnlyList<int> maps) => new Listed(maps);

    /// <summary>So many maps drawn by chance, as in Zeiler &amp; Fergus 2014, Fig. 2: others in each layer, the same for the same seed.</summary>
    /// <param name="count">How many; all where a layer has no more.</param>
    /// <param name="seed">The seed.</param>
    public static MapSelection Random(int count, int seed) => new Drawn(count, seed);

    /// <summary>The maps of a layer, in ascending order.</summary>
    /// <exception cref="ZfDeclException">ZF1402: the layer has no such map.</exception>
    public abstract IReadOnlyList<int> MapsOf(LayerInfo layer);

    private sealed record Every : MapSelection
    {
        public override IReadOnlyList<int> MapsOf(LayerInfo layer) => [.. Enumerable.Range(0, layer.Output.Maps)];

        public override string ToString() => "all";
    }

    private sealed record Listed(IReadOnlyList<int> Maps) : MapSelection
    {
        public override IReadOnlyList<int> MapsOf(LayerInfo layer)
        {
            foreach (var map in Maps.Where(map => map < 0 || map >= layer.Output.Maps))
                throw new ZfDeclException("ZF1402", $"layer '{layer.Name}' has no map {map}; its maps are 0 … {layer.Output.Maps - 1}");
            return [.. Maps.Distinct().Order()];
        }

        public override string ToString() => string.Join('+', Maps);
    }

    private sealed record Drawn(int Count, int Seed) : MapSelection
    {
        public override IReadOnlyList<int> MapsOf(LayerInfo layer)
        {
            var maps = Enumerable.Range(0, layer.Output.Maps).ToArray();
            new System.Random(HashOf(layer)).Shuffle(maps);
            return [.. maps.Take(Count).Order()];
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"random:{Count}");

        private int HashOf(LayerInfo layer) => unchecked((Seed * 31) + layer.Index);
    }
}
