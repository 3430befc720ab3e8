using System.Text.Json;
using ZfDecl.Files;
using ZfDecl.Imaging;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Visualize;

/// <summary>What the sprite sheets of a layer show: <c>visualize/&lt;layer&gt;/sprites/index.json</c>, beside the sheets.</summary>
public sealed record SpriteIndex
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

    /// <summary>Reads the index of a layer.</summary>
    /// <param name="folder">The layer's folder of sprites.</param>
    /// <returns>The index; null where there is none.</returns>
    /// <exception cref="ZfDeclException">ZF1412: the file is damaged, its layer's name could not be a folder's, or a sheet that it speaks of is missing.</exception>
    public static SpriteIndex? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            var index = RecordJson.Read<SpriteIndex>(path);
            return index.Flaw(folder) is { } flaw ? throw new JsonException(flaw) : index;
        }
        catch (Exception cause) when (cause is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ZfDeclException("ZF1412", $"this is no index of sprites: {cause.Message} Run `visualize` again", path, cause);
        }
    }

    /// <summary>The names of all sheets.</summary>
    public IEnumerable<string> Sheets() => Enumerable.Range(0, Layout.Sheets(Maps.Count)).SelectMany(sheet => new[] { Layout.ProjectionFile(sheet), Layout.PatchFile(sheet) });

    private string? Flaw(string folder)
    {
        if (PlainName.Flaw(Layer) is { } flaw)
            return $"its layer is '{Layer}', and {flaw}.";
        if (Layout.TileHeight < 1 || Layout.TileWidth < 1 || Layout.PitchY < Layout.TileHeight || Layout.PitchX < Layout.TileWidth || Layout.MapsPerSheet < 1)
            return "its tiles have no size.";
        if (Maps.FirstOrDefault(map => map.Units.Count > Top) is { } map)
            return $"map {map.Map} has {map.Units.Count} units, more than {Top}.";
        return Sheets().FirstOrDefault(sheet => !File.Exists(Path.Combine(folder, sheet))) is { } missing ? $"'{missing}' is missing." : null;
    }
}

/// <summary>A map in the sheets of a layer.</summary>
/// <param name="Map">Its number.</param>
/// <param name="Units">Its strongest units, the strongest first; none for a dead map.</param>
public sealed record SpriteMap(int Map, IReadOnlyList<SpriteUnit> Units);

/// <summary>A unit in the sheets of a layer.</summary>
/// <param name="Image">The index of its image.</param>
/// <param name="Name">The name of its image.</param>
/// <param name="Class">The class of its image.</param>
/// <param name="Y">Its row in the map.</param>
/// <param name="X">Its column in the map.</param>
/// <param name="Value">Its activation.</param>
public sealed record SpriteUnit(int Image, string Name, string Class, int Y, int X, float Value);
