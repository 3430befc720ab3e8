namespace ZfDecl.Search;

/// <summary>A feature map whose strongest units are to be projected.</summary>
/// <param name="Found">The search of its layer.</param>
/// <param name="Map">Its number.</param>
internal readonly record struct ShownMap(TopUnits Found, int Map)
{
    /// <summary>Its strongest units.</summary>
    public ReadOnlySpan<TopUnit> Units => Found.Of(Map);
}
