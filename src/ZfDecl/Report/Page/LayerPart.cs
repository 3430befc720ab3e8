using System.Text.Json;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Findings;
using ZfDecl.Report.Contents;

namespace ZfDecl.Report.Page;

/// <summary>A layer: every map a button with an address of its own, whose pictures the page draws when they come into view.</summary>
internal static class LayerPart
{
    /// <summary>The script that holds what a layer's sheets show.</summary>
    public const string DataFile = "units.js";

    private static readonly JsonSerializerOptions Script = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <param name="layer">The layer.</param>
    /// <param name="other">The layer of that name of the run beside it.</param>
    /// <param name="run">The name of the run.</param>
    /// <param name="against">The name of the run beside it.</param>
    public static PagePart Of(ReportLayer layer, ReportLayer? other, string run, string? against)
    {
        var index = layer.Index;
        var body = other is null
            ? Html.Of($"{Facts(index, layer.Dead)}{Filters(layer, Key(index.Layer, false))}{Maps(index, Key(index.Layer, false))}")
            : Html.Of($"""
                <div class="beside">
                <div><h3>{run}</h3>{Facts(index, layer.Dead)}{Filters(layer, Key(index.Layer, false))}{Maps(index, Key(index.Layer, false))}</div>
                <div><h3>{against}</h3>{Facts(other.Index, other.Dead)}{Filters(other, Key(index.Layer, true))}{Maps(other.Index, Key(index.Layer, true))}</div>
                </div>
                """);
        return new(index.Layer, index.Layer, body);
    }

    /// <summary>The anchor of a layer's maps, and the name of its folder of sprites.</summary>
    public static string Key(string layer, bool isOther) => isOther ? "against-" + layer : layer;

    /// <summary>What the page's script needs to draw the layer.</summary>
    public static string Data(SpriteIndex index, string key)
    {
        var layout = index.Layout;
        var places = index.Images?.Places.ToDictionary(place => place.Image);
        return $"zf.layer({JsonSerializer.Serialize(key)}, {JsonSerializer.Serialize(new
        {
            index.Layer,
            Window = new[] { index.WindowHeight, index.WindowWidth },
            Input = new[] { index.InputHeight, index.InputWidth },
            Field = new[] { index.ReceptiveField.StrideY, index.ReceptiveField.StrideX, index.ReceptiveField.OffsetY, index.ReceptiveField.OffsetX },
            layout.TileHeight,
            layout.TileWidth,
            layout.PitchY,
            layout.PitchX,
            layout.MapsPerSheet,
            index.Top,
            Projections = Enumerable.Range(0, layout.Sheets(index.Maps.Count)).Select(layout.ProjectionFile),
            Patches = Enumerable.Range(0, layout.Sheets(index.Maps.Count)).Select(layout.PatchFile),
            Scale = index.Scale.RangeText,
            Images = index.Images is { } images ? new { images.Height, images.Width, File = SpriteImages.SheetFile } : null,
            Maps = index.Maps.Select(map => new { map.Map, Units = map.Units.Select(unit => new object?[] { unit.Name, unit.Class, unit.Y, unit.X, Figures.Significant(unit.Value), Share(unit, index), Place(unit, places) }) }),
        }, Script)});\n";
    }

    /// <summary>The share of the layer's scale that a projection takes, at most 1; null in runs of earlier versions, and where it is 0 everywhere.</summary>
    private static double? Share(SpriteUnit unit, SpriteIndex index) => unit.Range is > 0 and { } range ? Math.Round(Math.Min(1, range / index.Scale.Range), 4) : null;

    private static int[]? Place(SpriteUnit unit, Dictionary<int, SpriteImage>? places) => places?.GetValueOrDefault(unit.Image) is { } place ? [place.X, place.Y] : null;

    /// <summary>A map that says much of a layer: one most of whose strongest units are of one class, and among such the most active; else the most active of all.</summary>
    public static SpriteMap? Telling(SpriteIndex index) => index.Maps.Where(map => map.Units.Count > 0)
        .MaxBy(map => (Purest(map).Count is var count && 3 * count >= 2 * index.Top ? count : 0, map.Units[0].Value));

    /// <summary>The style that gives cells the room of their tiles before these are drawn.</summary>
    public static string CellStyle(SpriteIndex index)
    {
        var across = (int)Math.Ceiling(Math.Sqrt(index.Top));
        var down = (index.Top + across - 1) / across;
        return FormattableString.Invariant($"--across:{across};--down:{down};--tile:{(double)index.Layout.TileHeight / index.Layout.TileWidth:0.####}");
    }

    /// <summary>What a cell holds: the number of the map, its strongest activation, the class of most of its units, and room for its tiles.</summary>
    public static Html Cell(SpriteMap map, string prefix = "")
    {
        if (map.Units.Count == 0)
            return Html.Of($"<span class=\"map-line\"><b><span class=\"unseen\">map </span>{map.Map}</b></span><span class=\"dead\">dead: no image excites it</span>");
        var (name, count) = Purest(map);
        return Html.Of($"<span class=\"map-line\"><b><span class=\"unseen\">map </span>{prefix}{map.Map}</b><span class=\"class\">{count}/{map.Units.Count} {name}</span><span class=\"value\"><span class=\"unseen\">strongest </span>{Figures.Significant(map.Units[0].Value)}</span></span><span class=\"tiles\"></span>");
    }

    private static Html Maps(SpriteIndex index, string key) => Html.Of($"""
        <ul class="maps" data-layer="{key}" data-source="layers/{key}/{DataFile}" style="{CellStyle(index)}" aria-label="maps of {index.Layer}">
        {index.Maps.Select((map, slot) => Html.Of($"<li><button type=\"button\" class=\"map\" id=\"{key}-{map.Map}\" data-slot=\"{slot}\"{Sorts(map)} tabindex=\"{(slot == 0 ? 0 : -1)}\">{Cell(map)}{MapStrip.Of(index, key, slot)}</button></li>\n"))}
        </ul>
        """);

    /// <summary>What maps are sorted and filtered by: the strongest activation, the class of most units and how many have it; nothing of a dead map.</summary>
    private static Html Sorts(SpriteMap map)
    {
        if (map.Units.Count == 0)
            return Html.Empty;
        var (name, count) = Purest(map);
        return Html.Of($" data-value=\"{map.Units[0].Value:R}\" data-class=\"{name}\" data-share=\"{(double)count / map.Units.Count:0.###}\"");
    }

    /// <summary>The filters themselves, where the layer looks at pixels.</summary>
    private static Html Filters(ReportLayer layer, string key) => layer.Filters is not { } file ? Html.Empty : Html.Of(
        $"<details><summary>The filters of {layer.Index.Layer}</summary><div class=\"figures\">{FigurePart.Of(file, PageLink.To("layers", key, LayerPictures.FiltersFile), $"The filters of {layer.Index.Layer}", "The weights that are laid over the pixels, on one scale: a weight of 0 is mid grey.")}</div></details>\n");

    private static Html Facts(SpriteIndex index, int dead)
    {
        var field = index.ReceptiveField;
        var seen = (index.WindowHeight, index.WindowWidth) == (field.Height, field.Width) ? "" : FormattableString.Invariant($", shown within the image's {index.WindowHeight}×{index.WindowWidth}");
        var reduced = index.Layout.TileHeight < index.WindowHeight ? FormattableString.Invariant($", reduced to {index.Layout.TileHeight}×{index.Layout.TileWidth}") : "";
        var shown = index.Maps.Count < index.Output.Maps ? FormattableString.Invariant($", {index.Maps.Count} of {index.Output.Maps} maps shown") : "";
        return Html.Of($"""
            <p class="facts">{index.Output.ToString()} units{shown} · receptive field {field.Height}×{field.Width}{seen}{reduced} · {index.Data} · {index.Weights}{(dead == 0 ? "" : FormattableString.Invariant($" · {dead} dead"))}</p>
            <p class="scale"><span>−{index.Scale.RangeText}</span><span class="ramp" role="img" aria-label="black to white through mid grey"></span><span>+{index.Scale.RangeText}</span><span class="hint">one scale for all projections of the layer: the {index.Scale.Quantile * 100:0.##} % quantile of their absolute values; {index.Scale.Clipped * 100:0.##} % are clipped</span></p>
            """);
    }

    private static (string Name, int Count) Purest(SpriteMap map)
    {
        var group = map.Units.GroupBy(unit => unit.Class).MaxBy(group => group.Count())!;
        return (group.Key, group.Count());
    }
}
