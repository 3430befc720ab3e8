using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Evolve;

/// <summary>How what some maps of a layer respond to changed during a training.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Epochs">The epochs after which it was looked at, rising.</param>
/// <param name="Maps">The maps.</param>
public sealed record EvolvedLayer(LayerInfo Layer, IReadOnlyList<int> Epochs, IReadOnlyList<EvolvedMap> Maps);

/// <summary>A map during a training.</summary>
/// <param name="Map">Its number.</param>
/// <param name="Units">Its strongest unit after each epoch; null where no image excited it then.</param>
public sealed record EvolvedMap(int Map, IReadOnlyList<VisualizedUnit?> Units)
{
    /// <summary>How often its strongest image became another one.</summary>
    public int Jumps => Units.Zip(Units.Skip(1)).Count(pair => pair.First is not null && pair.Second is not null && pair.First.Unit.Image != pair.Second.Unit.Image);
}
