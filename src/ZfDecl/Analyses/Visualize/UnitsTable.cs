using System.Globalization;
using System.Text;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Visualize;

/// <summary>The strongest units of a layer as a table, one row per unit: <c>layer,map,rank,image,name,class,y,x,activation</c>. Dead maps have no rows.</summary>
public static class UnitsTable
{
    private const string Header = "layer,map,rank,image,name,class,y,x,activation\n";

    /// <summary>The table as CSV (RFC 4180, but with LF). Indices and ranks start at 0; a number read again is the same float.</summary>
    /// <param name="found">The strongest units.</param>
    /// <param name="images">The images that they were found in.</param>
    public static string Csv(TopUnits found, ImageSet images)
    {
        var csv = new StringBuilder(Header);
        for (var map = 0; map < found.Layer.Output.Maps; map++)
        {
            var rank = 0;
            foreach (var unit in found.Of(map))
            {
                csv.Append(CultureInfo.InvariantCulture,
                    $"{CsvField.Of(found.Layer.Name)},{map},{rank++},{unit.Image},{CsvField.Of(images.NameOf(unit.Image))},{CsvField.Of(images.ClassOf(unit.Image))},{unit.Y},{unit.X},{unit.Value:R}\n");
            }
        }
        return csv.ToString();
    }

    /// <summary>Writes the table to a file.</summary>
    /// <param name="path">The file, <c>visualize/&lt;layer&gt;/units.csv</c> of a run.</param>
    /// <param name="found">The strongest units.</param>
    /// <param name="images">The images that they were found in.</param>
    public static void Write(string path, TopUnits found, ImageSet images) => AtomicFile.WriteText(path, Csv(found, images));
}
