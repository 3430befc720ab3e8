using System.Globalization;
using ZfDecl.Files;
using ZfDecl.Imaging;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Visualize;

/// <summary>What the sprite sheets of a layer show: <c>visualize/&lt;layer&gt;/sprites/index.json</c>, beside the sheets.</summary>
internal sealed record SpriteIndex : IRecord
{
    /// <summary>The folder of the sprites within that of the layer.</summary>
    public const string FolderName = "sprites";

    /// <summary>The name of the file.</summary>
    public const string FileName = "index.json";

    /// <summary>The name of the layer.</summary>
    public required string Layer { get; init; }

    /// <summary>Its kind in the spec.</summary>
    public required string Kind { get; init; }

    /// <summary>The shape of its output.</summary>
    public required FeatureShape Output { get; init; }

    /// <summary>What its units see.</summary>
    public required ReceptiveField ReceptiveField { get; init; }

    /// <summary>Rows of the window of pixels that is shown of a unit: those of the receptive field, at most the image's.</summary>
    public required int WindowHeight { get; init; }

    /// <summary>Columns of that window.</summary>
    public required int WindowWidth { get; init; }

    /// <summary>Rows of the image. Where the window is as high, it is the whole image.</summary>
    public required int InputHeight { get; init; }

    /// <summary>Columns of the image.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Channels of the image: 1 is grey, 3 colour.</summary>
    public required int Channels { get; init; }

    /// <summary>Units shown of a map at most.</summary>
    public required int Top { get; init; }

    /// <summary>Where the tiles lie.</summary>
    public required SpriteLayout Layout { get; init; }

    /// <summary>The one scale of all projections of the layer.</summary>
    public required ProjectionScale Scale { get; init; }

    /// <summary>The images that were searched.</summary>
    public required string Data { get; init; }

    /// <summary>The weights that were used.</summary>
    public required string Weights { get; init; }

    /// <summary>The maps, in the order of the sheets.</summary>
    public required IReadOnlyList<SpriteMap> Maps { get; init; }

    /// <summary>The whole images that the windows are cut out of; null where a window is the whole image, and in runs of earlier versions.</summary>
    public SpriteImages? Images { get; init; }

    /// <summary>Reads the index of a layer.</summary>
    /// <param name="folder">The layer's folder of sprites.</param>
    /// <returns>The index; null where there is none.</returns>
    /// <exception cref="ZfDeclException">ZF1412: the file is damaged, its layer's name could not be a folder's, or a sheet that it speaks of is missing; ZF1221: a newer version made it; ZF1202, ZF1220, ZF1222: it cannot be read.</exception>
    public static SpriteIndex? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        var index = RecordJson.Read<SpriteIndex>(path);
        return index.Sheets().FirstOrDefault(sheet => !File.Exists(Path.Combine(folder, sheet))) is { } missing
            ? throw new ZfDeclException(Indices.Code, $"{Indices.Finding}: '{missing}' is missing. {Indices.Remedy}", path)
            : index;
    }

    /// <summary>The names of all sheets.</summary>
    public IEnumerable<string> Sheets() => Enumerable.Range(0, Layout.Sheets(Maps.Count)).SelectMany(sheet => new[] { Layout.ProjectionFile(sheet), Layout.PatchFile(sheet) })
        .Concat(Images is null ? [] : [SpriteImages.SheetFile]);

    private static RecordKind Indices { get; } = new("ZF1412", "this is no index of sprites", "Run `visualize` again");

    static RecordKind IRecord.Kind => Indices;

    IEnumerable<string> IRecord.Problems()
    {
        if (PlainName.Flaw(Layer) is { } flaw)
            yield return $"its layer is '{Layer}', and {flaw}";
        if (Layout.TileHeight < 1 || Layout.TileWidth < 1 || Layout.PitchY < Layout.TileHeight || Layout.PitchX < Layout.TileWidth || Layout.MapsPerSheet < 1)
            yield return "its tiles have no size";
        if (Output.Maps < 1 || Output.Height < 1 || Output.Width < 1 || WindowHeight < 1 || WindowWidth < 1 || InputHeight < WindowHeight || InputWidth < WindowWidth)
            yield return "its 'output', window and input do not fit each other";
        if (Channels is not (1 or 3))
            yield return $"'channels' is {Channels}; 1 is grey, 3 colour";
        if (Top < 1)
            yield return $"'top' is {Top}, and at least 1 unit of a map is shown";
        if (!(Scale.Range > 0) || !double.IsFinite(Scale.Range))
            yield return $"'range' of its 'scale' is {Scale.Range.ToString(CultureInfo.InvariantCulture)}, and not above 0";
        if (Maps.GroupBy(map => map.Map).FirstOrDefault(same => same.Count() > 1) is { } twice)
            yield return $"map {twice.Key} is there {twice.Count()} times";
        if (Images is { } images && (images.Height < 1 || images.Width < 1 || images.Places.Any(place => place.X < 0 || place.Y < 0) || images.Places.DistinctBy(place => place.Image).Count() < images.Places.Count))
            yield return "its whole 'images' have no size or place, or one is there twice";
        foreach (var map in Maps)
        {
            if (map.Units.Any(unit => unit.Range is < 0 or float.NaN or float.PositiveInfinity))
                yield return $"the 'range' of a unit of map {map.Map} cannot be";
            if (map.Map < 0 || map.Map >= Output.Maps)
                yield return $"'map' is {map.Map}, and the layer has {Output.Maps}";
            if (map.Units.Count > Top)
                yield return $"map {map.Map} has {map.Units.Count} units, more than {Top}";
            if (map.Units.Any(unit => unit.Image < 0 || unit.Y < 0 || unit.Y >= Output.Height || unit.X < 0 || unit.X >= Output.Width || !float.IsFinite(unit.Value)))
                yield return $"a unit of map {map.Map} lies outside of the map, or its 'image' or 'value' cannot be";
        }
    }
}

/// <summary>A map in the sheets of a layer.</summary>
/// <param name="Map">Its number.</param>
/// <param name="Units">Its strongest units, the strongest first; none for a dead map.</param>
internal sealed record SpriteMap(int Map, IReadOnlyList<SpriteUnit> Units);

/// <summary>A unit in the sheets of a layer.</summary>
/// <param name="Image">The index of its image.</param>
/// <param name="Name">The name of its image.</param>
/// <param name="Class">The class of its image.</param>
/// <param name="Y">Its row in the map.</param>
/// <param name="X">Its column in the map.</param>
/// <param name="Value">Its activation.</param>
internal sealed record SpriteUnit(int Image, string Name, string Class, int Y, int X, float Value)
{
    /// <summary>The largest absolute value of its projection, as it is shown; null in runs of earlier versions.</summary>
    public float? Range { get; init; }
}
