using ZfDecl.Analysis;
using ZfDecl.Data;
using ZfDecl.Imaging;
using ZfDecl.Runs;

namespace ZfDecl.Reporting;

/// <summary>What visualising leaves in the folder of a run: for each layer <c>visualize/&lt;layer&gt;/sheet.png</c>, <c>units.csv</c>, and <c>sprites/</c> for the report.</summary>
public static class LayerPictures
{
    /// <summary>The name of a layer's sheet in its folder.</summary>
    public const string SheetFile = "sheet.png";

    /// <summary>The name of a layer's table in its folder.</summary>
    public const string UnitsFile = "units.csv";

    /// <summary>Searches, projects, and writes the sheet, the table and the sprites of each layer; each file appears when it is complete.</summary>
    /// <param name="visualization">What to look at.</param>
    /// <param name="images">The images that it searches.</param>
    /// <param name="caption">What the sheets say of where they come from.</param>
    /// <param name="folder">The run's <c>visualize</c> folder.</param>
    /// <param name="log">Is told of each sheet.</param>
    /// <returns>The paths of the sheets, in the order of the layers.</returns>
    /// <exception cref="ZfDeclException">ZF1401: the search could not be repeated; ZF1403: an activation is infinite or no number.</exception>
    public static IReadOnlyList<string> Write(FeatureVisualization visualization, ImageSet images, SheetCaption caption, string folder, IRunLog log)
    {
        var sheets = new List<string>();
        foreach (var found in visualization.FindStrongest())
        {
            var shown = visualization.MapsShown(found.Layer);
            var sheet = new FeatureSheet(caption, found.Layer, visualization.Input, shown, found.Top);
            var sprites = new SpriteSheets(caption, found.Layer, visualization.Input, shown, found.Top);
            foreach (var map in visualization.Project(found))
            {
                sheet.Add(map);
                sprites.Add(map);
            }

            var layerFolder = Path.Combine(folder, found.Layer.Name);
            sprites.Write(Path.Combine(layerFolder, SpriteIndex.FolderName));
            var path = Path.Combine(layerFolder, SheetFile);
            UnitsTable.Write(Path.Combine(layerFolder, UnitsFile), found, images);
            AtomicFile.Write(path, stream => stream.Write(sheet.ToPng()));
            log.Say($"{found.Layer.Name}: {path}");
            sheets.Add(path);
        }
        return sheets;
    }
}
