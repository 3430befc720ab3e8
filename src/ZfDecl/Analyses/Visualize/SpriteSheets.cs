using ZfDecl.Files;
using ZfDecl.Imaging;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Visualize;

/// <summary>
/// The pictures of a layer for the report, packed into few files: the tiles of <see cref="SpriteLayout"/>, all projections on one scale by the rule of
/// <see cref="FeatureSheet"/>.
/// </summary>
/// <remarks>Projections are kept at the size of their tiles until all are there, because the scale is theirs together: for ZF-8 at most 0.4 GB.</remarks>
internal sealed class SpriteSheets
{
    private readonly SheetCaption caption;
    private readonly LayerInfo layer;
    private readonly FeatureShape input;
    private readonly int top;
    private readonly Func<int, byte[]>? pixelsOf;
    private readonly UnitWindow window;
    private readonly SpriteLayout layout;
    private readonly List<SpriteMap> maps = [];
    private readonly List<Projected[]> projections = [];
    private readonly List<byte[][]> pending = [];           // the patches of the sheet that is being filled
    private readonly List<Task<byte[]>> patchSheets = [];

    /// <param name="caption">Where the pictures come from.</param>
    /// <param name="layer">The layer they show.</param>
    /// <param name="input">The shape of the network's input; 1 channel is shown in grey, 3 in colour.</param>
    /// <param name="maps">How many maps will be added; at least 1.</param>
    /// <param name="top">How many units of each map are shown at most; at least 1.</param>
    /// <param name="pixelsOf">The pixels of an image that the network sees, [C, H, W] of the input, by its index, for several threads at once; null where whole images are not kept.</param>
    /// <exception cref="ArgumentException">The input has neither 1 nor 3 channels.</exception>
    public SpriteSheets(SheetCaption caption, LayerInfo layer, FeatureShape input, int maps, int top, Func<int, byte[]>? pixelsOf = null)
    {
        if (input.Maps is not (1 or 3))
            throw new ArgumentException($"an input of {input.Maps} channels cannot be shown; 1 (grey) and 3 (colour) can", nameof(input));
        (this.caption, this.layer, this.input, this.top, this.pixelsOf) = (caption, layer, input, top, pixelsOf);
        window = new(layer.ReceptiveField, input);
        layout = SpriteLayout.For(window.Height, window.Width, maps, top);
    }

    /// <summary>Adds the next map.</summary>
    public void Add(VisualizedMap map)
    {
        var units = map.Units.Take(top).ToArray();
        var tiles = units.Select(unit => Tile.Of(unit, input, layout.TileHeight, layout.TileWidth)).ToArray();
        maps.Add(new(map.Map, [.. units.Zip(tiles, (unit, tile) => new SpriteUnit(unit.Unit.Image, unit.ImageName, unit.Class, unit.Unit.Y, unit.Unit.X, unit.Unit.Value) { Range = LargestOf(tile.Projection) })]));
        projections.Add([.. tiles.Select(tile => new Projected(tile.Projection, tile.Inside))]);
        pending.Add([.. tiles.Select(tile => tile.Patch)]);
        if (pending.Count == layout.MapsPerSheet)
            FinishPatches();
    }

    /// <summary>Writes the sheets and their index. The folder is replaced as a unit: what an earlier time left is whole until all of the new is there.</summary>
    /// <param name="folder">The layer's folder of sprites.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written; ZF1219: another process holds up its turn.</exception>
    public void Write(string folder) => ReplacedFolder.Write(folder, WriteInto);

    /// <summary>Writes the sheets and their index into a folder that is itself built beside its destination.</summary>
    internal void WriteInto(string folder)
    {
        FinishPatches();
        var images = WriteImages(folder);
        var scale = ProjectionScale.Of([.. projections.SelectMany(map => map).Select(tile => tile.Values)], FeatureSheet.ScaleQuantile);
        var sheets = Enumerable.Range(0, patchSheets.Count).AsParallel().AsOrdered().Select(sheet => ProjectionSheet(sheet, scale)).ToArray();
        var patches = Task.WhenAll(patchSheets).GetAwaiter().GetResult();
        for (var sheet = 0; sheet < sheets.Length; sheet++)
        {
            AtomicFile.Write(Path.Combine(folder, layout.ProjectionFile(sheet)), stream => stream.Write(sheets[sheet]));
            AtomicFile.Write(Path.Combine(folder, layout.PatchFile(sheet)), stream => stream.Write(patches[sheet]));
        }
        RecordJson.Write(Path.Combine(folder, SpriteIndex.FileName), Index(scale, images), indented: false);
    }

    /// <summary>Writes the whole images that the windows are cut out of, where these are smaller.</summary>
    private SpriteImages? WriteImages(string folder)
    {
        if (pixelsOf is null || (window.Height, window.Width) == (input.Height, input.Width))
            return null;
        int[] shown = [.. maps.SelectMany(map => map.Units.Select((unit, rank) => (unit.Image, rank))).OrderBy(one => one.rank).Select(one => one.Image).Distinct().Take(SpriteImages.Most).Order()];
        if (shown.Length == 0)
            return null;
        using var sheet = new ThumbnailSheet(input, shown.Length, SpriteImages.LongestSide);
        Parallel.For(0, shown.Length, number => sheet.Paint(number, pixelsOf(shown[number])));
        var picture = sheet.Encode();
        AtomicFile.Write(Path.Combine(folder, SpriteImages.SheetFile), stream => stream.Write(picture));
        return new(sheet.Height, sheet.Width, [.. shown.Select((image, number) => new SpriteImage(image, sheet.PlaceOf(number).X, sheet.PlaceOf(number).Y))]);
    }

    private static float LargestOf(float[] values) => values.Aggregate(0f, (most, value) => Math.Max(most, Math.Abs(value)));

    private SpriteIndex Index(ProjectionScale scale, SpriteImages? images) => new()
    {
        Layer = layer.Name,
        Kind = layer.Kind,
        Output = layer.Output,
        ReceptiveField = layer.ReceptiveField,
        WindowHeight = window.Height,
        WindowWidth = window.Width,
        InputHeight = input.Height,
        InputWidth = input.Width,
        Channels = input.Maps,
        Top = top,
        Layout = layout,
        Scale = scale,
        Data = caption.Data,
        Weights = caption.Weights,
        Maps = maps,
        Images = images,
    };

    private void FinishPatches()
    {
        if (pending.Count == 0)
            return;
        byte[][][] patches = [.. pending];
        var insides = projections[^patches.Length..].Select(map => map.Select(tile => tile.Inside).ToArray()).ToArray();
        patchSheets.Add(Task.Run(() => PatchSheet(patches, insides)));
        pending.Clear();
    }

    private byte[] PatchSheet(byte[][][] patches, bool[][][] insides)
    {
        using var sheet = new SpriteCanvas(layout, input.Maps, patches.Length, top);
        for (var map = 0; map < patches.Length; map++)
        {
            for (var rank = 0; rank < patches[map].Length; rank++)
            {
                var patch = patches[map][rank];
                sheet.Paint(map, rank, insides[map][rank], i => patch[i]);
            }
        }
        return sheet.Encode();
    }

    private byte[] ProjectionSheet(int number, ProjectionScale scale)
    {
        var rows = projections.Skip(number * layout.MapsPerSheet).Take(layout.MapsPerSheet).ToArray();
        using var sheet = new SpriteCanvas(layout, input.Maps, rows.Length, top);
        for (var map = 0; map < rows.Length; map++)
        {
            for (var rank = 0; rank < rows[map].Length; rank++)
            {
                var values = rows[map][rank].Values;
                sheet.Paint(map, rank, rows[map][rank].Inside, i => scale.Shade(values[i]));
            }
        }
        return sheet.Encode();
    }

    private sealed record Projected(float[] Values, bool[] Inside);
}
