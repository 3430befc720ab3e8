namespace ZfDecl.Analyses.Visualize;

/// <summary>
/// How the tiles of a layer are packed into sheets: a row per map, its strongest unit on the left, so that tile (map, rank) of the layer's maps in order lies
/// in sheet <c>map / MapsPerSheet</c> at row <c>map % MapsPerSheet · PitchY</c> and column <c>rank · PitchX</c>. Projections and patches have sheets of their
/// own, packed alike.
/// </summary>
internal sealed record SpriteLayout
{
    /// <summary>The most pixels that the tiles of a layer have, projections and patches together; larger windows are reduced.</summary>
    public const long MostPixels = 64_000_000;

    private const long MostLossless = 4_000_000, MostOfASheet = 2_500_000;
    private const int MostMapsOfASheet = 64, Block = 16;        // JPEG codes colours in blocks of 16×16: neighbours must not share one

    /// <summary>Rows of a tile.</summary>
    public required int TileHeight { get; init; }

    /// <summary>Columns of a tile.</summary>
    public required int TileWidth { get; init; }

    /// <summary>Rows from a tile to the next map's.</summary>
    public required int PitchY { get; init; }

    /// <summary>Columns from a tile to the next unit's.</summary>
    public required int PitchX { get; init; }

    /// <summary>Maps in a sheet; the last one may have fewer.</summary>
    public required int MapsPerSheet { get; init; }

    /// <summary>Whether the pixels are kept exactly, as PNG; else as JPEG.</summary>
    public required bool Lossless { get; init; }

    /// <summary>Packs the tiles of a layer.</summary>
    /// <param name="height">Rows of a window.</param>
    /// <param name="width">Columns of a window.</param>
    /// <param name="maps">How many maps are shown; at least 1.</param>
    /// <param name="top">How many units of each; at least 1.</param>
    public static SpriteLayout For(int height, int width, int maps, int top)
    {
        var pixels = 2L * maps * top * height * width;
        var lossless = pixels <= MostLossless;
        var (tileHeight, tileWidth) = (height, width);
        if (pixels > MostPixels)
        {
            var side = Math.Max(height, width);
            var reduced = Math.Max(Block, (int)(side * Math.Sqrt((double)MostPixels / pixels)) / Block * Block);
            (tileHeight, tileWidth) = (Math.Max(1, height * reduced / side), Math.Max(1, width * reduced / side));
        }
        var (pitchY, pitchX) = lossless ? (tileHeight, tileWidth) : (Whole(tileHeight), Whole(tileWidth));
        return new()
        {
            TileHeight = tileHeight,
            TileWidth = tileWidth,
            PitchY = pitchY,
            PitchX = pitchX,
            MapsPerSheet = (int)Math.Clamp(MostOfASheet / ((long)top * pitchY * pitchX), 1, MostMapsOfASheet),
            Lossless = lossless,
        };
    }

    /// <summary>How many sheets hold so many maps.</summary>
    public int Sheets(int maps) => (maps + MapsPerSheet - 1) / MapsPerSheet;

    /// <summary>The name of a sheet of projections.</summary>
    public string ProjectionFile(int sheet) => FormattableString.Invariant($"projections-{sheet:00}.{Extension}");

    /// <summary>The name of a sheet of patches.</summary>
    public string PatchFile(int sheet) => FormattableString.Invariant($"patches-{sheet:00}.{Extension}");

    private string Extension => Lossless ? "png" : "jpg";

    private static int Whole(int side) => (side + Block - 1) / Block * Block;
}
