using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Imaging;
using ZfDecl.Messages;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Visualize;

/// <summary>
/// What visualising leaves in the folder of a run: for each layer <c>visualize/&lt;layer&gt;/sheet.png</c>, <c>units.csv</c>, <c>sprites/</c> for the report,
/// and the <c>filters.png</c> of a layer on pixels.
/// </summary>
public static class LayerPictures
{
    /// <summary>The name of a layer's sheet in its folder.</summary>
    public const string SheetFile = "sheet.png";

    /// <summary>The name of the filters of a layer that looks at the pixels, in its folder.</summary>
    public const string FiltersFile = "filters.png";

    /// <summary>The name of a layer's table in its folder.</summary>
    public const string UnitsFile = "units.csv";

    /// <summary>Searches all images, projects, and writes the sheet, the table and the sprites of each layer.</summary>
    /// <inheritdoc cref="Write(FeatureVisualization, IReadOnlyList{TopUnits}, ImageSet, SheetCaption, string, IRunLog)"/>
    public static IReadOnlyList<string> Write(FeatureVisualization visualization, ImageSet images, SheetCaption caption, string folder, IRunLog log) =>
        Write(visualization, visualization.FindStrongest(), images, caption, folder, log);

    /// <summary>Projects what a search has found, and writes the sheet, the table and the sprites of each layer; the folder of a layer is replaced as a unit.</summary>
    /// <param name="visualization">What to look at.</param>
    /// <param name="strongest">What its search has found.</param>
    /// <param name="images">The images that it searches.</param>
    /// <param name="caption">What the sheets say of where they come from.</param>
    /// <param name="folder">The run's <c>visualize</c> folder.</param>
    /// <param name="log">Is told of each sheet.</param>
    /// <returns>The paths of the sheets, in the order of the layers.</returns>
    /// <exception cref="ZfDeclException">ZF1401: the search could not be repeated; ZF1204: a file cannot be written; ZF1219: another process holds up its turn.</exception>
    public static IReadOnlyList<string> Write(FeatureVisualization visualization, IReadOnlyList<TopUnits> strongest, ImageSet images, SheetCaption caption, string folder, IRunLog log)
    {
        var sheets = new List<string>();
        foreach (var (found, maps) in visualization.Project(strongest))
        {
            var layer = found.Layer;
            var sheet = new FeatureSheet(caption, layer, visualization.Input, visualization.MapsShown(layer), found.Top, found.PerImage);
            var sprites = new SpriteSheets(caption, layer, visualization.Input, visualization.MapsShown(layer), found.Top, visualization.PixelsOf);
            foreach (var map in maps)
                SideBySide(() => sheet.Add(map), () => sprites.Add(map));

            var layerFolder = Path.Combine(folder, layer.Name);
            ReplacedFolder.Write(layerFolder, made =>
            {
                var png = Array.Empty<byte>();
                SideBySide(() => png = sheet.ToPng(), () => sprites.WriteInto(Path.Combine(made, SpriteIndex.FolderName)));
                UnitsTable.Write(Path.Combine(made, UnitsFile), found, images);
                AtomicFile.Write(Path.Combine(made, SheetFile), stream => stream.Write(png));
                if (visualization.FiltersOf(layer) is { } filters)
                    AtomicFile.Write(Path.Combine(made, FiltersFile), stream => stream.Write(FilterSheet.ToPng(caption, layer, visualization.Input.Maps, filters)));
            });
            var path = Path.Combine(layerFolder, SheetFile);
            log.Say($"{layer.Name}: {path}");
            sheets.Add(path);
            if (found.Dead is { Count: > 0 } dead)
                log.Say($"{layer.Name}: {dead.Count} of {Quantity.Of(layer.Output.Maps, "map")} {(dead.Count == 1 ? "is" : "are")} dead, no image excites {(dead.Count == 1 ? "it" : "them")}: {string.Join(", ", dead)}");
        }
        return sheets;
    }

    /// <summary>Does both at once, and throws what either has thrown.</summary>
    private static void SideBySide(Action one, Action other)
    {
        var first = Task.Run(one);
        try
        {
            other();
        }
        finally
        {
            first.GetAwaiter().GetResult();
        }
    }
}
