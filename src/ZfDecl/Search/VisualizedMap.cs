namespace ZfDecl.Search;

/// <summary>A feature map, seen through its strongest units.</summary>
/// <param name="Map">Its index in the layer, from 0.</param>
/// <param name="Units">The strongest first; none for a dead map.</param>
public sealed record VisualizedMap(int Map, IReadOnlyList<VisualizedUnit> Units)
{
    /// <summary>Whether no image excites it.</summary>
    public bool IsDead => Units.Count == 0;
}
