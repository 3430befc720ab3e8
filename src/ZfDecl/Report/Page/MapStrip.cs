using ZfDecl.Analyses.Visualize;
using ZfDecl.Report.Contents;

namespace ZfDecl.Report.Page;

/// <summary>A map's pictures as two rows cut out of its layer's sheets, which need no script: what is printed, and what a browser without scripts shows.</summary>
internal static class MapStrip
{
    /// <param name="index">What the layer's sheets show.</param>
    /// <param name="key">The name of its folder of sheets.</param>
    /// <param name="slot">The position of the map in them.</param>
    public static Html Of(SpriteIndex index, string key, int slot)
    {
        var (layout, map) = (index.Layout, index.Maps[slot]);
        if (map.Units.Count == 0)
            return Html.Empty;
        var sheet = slot / layout.MapsPerSheet;
        var (rows, row) = (Math.Min(layout.MapsPerSheet, index.Maps.Count - (sheet * layout.MapsPerSheet)), slot % layout.MapsPerSheet);
        var classes = string.Join(", ", map.Units.Select(unit => unit.Class).Distinct());
        return Html.Of($"<span class=\"strip\">{Row(layout.ProjectionFile(sheet), "projections")}{Row(layout.PatchFile(sheet), $"patches that caused them, of {classes}")}</span>");

        Html Row(string file, string what) => Html.Of(
            $"<svg viewBox=\"0 {row * layout.PitchY} {((map.Units.Count - 1) * layout.PitchX) + layout.TileWidth} {layout.TileHeight}\" role=\"img\" aria-label=\"map {map.Map}: {what}\"><image href=\"{PageLink.To("layers", key, file)}\" width=\"{index.Top * layout.PitchX}\" height=\"{rows * layout.PitchY}\"/>{Between(index, map.Units.Count)}</svg>");
    }

    /// <summary>White lines between the tiles, which touch each other in the sheet.</summary>
    private static Html Between(SpriteIndex index, int units)
    {
        var (layout, height) = (index.Layout, index.Layout.PitchY * index.Layout.MapsPerSheet);
        var lines = string.Concat(Enumerable.Range(1, units - 1).Select(unit => FormattableString.Invariant($"M{unit * layout.PitchX} 0v{height}")));
        return Html.Of($"<path d=\"{lines}\" stroke=\"#fff\" stroke-width=\"{Math.Max(1, layout.TileWidth / 16)}\"/>");
    }
}
