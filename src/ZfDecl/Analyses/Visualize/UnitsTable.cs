using System.Globalization;
using System.Text;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
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

    /// <summary>Reads the strongest units of a layer again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="images">The images that they were found in.</param>
    /// <returns>The units; null where there is no such file, or it is of another layer or of other images.</returns>
    /// <exception cref="ZfDeclException">ZF1413: the table is damaged; ZF1220, ZF1222: it is empty, no regular file, or too large.</exception>
    public static TopUnits? Read(string path, LayerInfo layer, ImageSet images)
    {
        if (!File.Exists(path) || CsvTable.Read(path) is not { } table || string.Join(',', table.Header) + "\n" != Header)
            return null;
        var rows = table.Rows.Select(row => (Layer: row[0], Map: Whole(row[1]), Rank: Whole(row[2]), Image: Whole(row[3]), Name: row[4], Y: Whole(row[6]), X: Whole(row[7]),
            Value: float.TryParse(row[8], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : float.NaN)).ToArray();
        if (rows.Length == 0 || rows.Any(row => row.Layer != layer.Name || row.Map < 0 || row.Map >= layer.Output.Maps || row.Image < 0 || row.Image >= images.Count || images.NameOf(row.Image) != row.Name
            || row.Rank < 0 || row.Y < 0 || row.Y >= layer.Output.Height || row.X < 0 || row.X >= layer.Output.Width || !(row.Value > 0)))
            return null;
        var several = rows.GroupBy(row => (row.Map, row.Image)).Any(group => group.Count() > 1);
        var found = new TopUnits(layer, rows.Max(row => row.Rank) + 1, several ? PerImage.All : PerImage.One);
        foreach (var row in rows)
            found.Add(row.Map, new(row.Value, row.Image, row.Y, row.X));
        return found;

        static int Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }
}
