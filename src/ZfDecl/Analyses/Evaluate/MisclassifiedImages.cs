using System.Globalization;
using System.Text;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Imaging;
using ZfDecl.Messages;

namespace ZfDecl.Analyses.Evaluate;

/// <summary>
/// Images that were taken for other classes, as the report shows them behind the cells of the confusion matrix: the table <see cref="TableFile"/>, and a small picture of
/// each in <see cref="SheetFile"/>.
/// </summary>
public static class MisclassifiedImages
{
    /// <summary>The name of the table.</summary>
    public const string TableFile = "misclassified.csv";

    /// <summary>The name of the sheet of pictures; there is none where no image was misclassified.</summary>
    public const string SheetFile = "misclassified.webp";

    /// <summary>Of so many images there are pictures at most.</summary>
    public const int Most = 600;

    /// <summary>Of one class taken for one other, so many are kept at most.</summary>
    public const int MostOfACell = 12;

    private const int LongestSide = 64;
    private const string Header = "name,class,predicted,probability,class_probability,x,y,width,height";

    /// <summary>
    /// Which predictions are kept: of each class taken for each other the surest ones. Where these are more than <see cref="Most"/>, the surest of every pair of classes comes
    /// before the second of any.
    /// </summary>
    /// <param name="predictions">All of them, right ones too.</param>
    /// <returns>The classes in order, what they were taken for in order, the surest first.</returns>
    public static IReadOnlyList<Prediction> Choose(IEnumerable<Prediction> predictions) =>
    [
        .. predictions.Where(prediction => !prediction.IsRight)
            .GroupBy(prediction => (prediction.Class, prediction.Predicted))
            .SelectMany(cell => cell.OrderByDescending(prediction => prediction.Strongest[0].Probability).Take(MostOfACell).Select((prediction, rank) => (prediction, rank)))
            .OrderBy(one => one.rank).ThenByDescending(one => one.prediction.Strongest[0].Probability)
            .Take(Most)
            .OrderBy(one => one.prediction.Class).ThenBy(one => one.prediction.Predicted).ThenBy(one => one.rank)
            .Select(one => one.prediction),
    ];

    /// <summary>Writes the table and the pictures.</summary>
    /// <param name="folder">The run's <c>evaluate</c> folder.</param>
    /// <param name="parts">The images that were classified, and how; all of one shape and the same classes. Those that are neither grey nor in colour get an empty table.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written; the image's file can no longer be read.</exception>
    public static void Write(string folder, IReadOnlyList<(ImageSet Images, Classification Found)> parts)
    {
        var (shape, classes) = (parts[0].Images.Shape, parts[0].Found.Classes);
        var setOf = new Dictionary<Prediction, ImageSet>(ReferenceEqualityComparer.Instance);        // the parts count their images each from 0
        foreach (var (images, found) in parts)
        {
            foreach (var prediction in found.Predictions)
                setOf[prediction] = images;
        }
        var chosen = ThumbnailSheet.CanShow(shape) ? Choose(parts.SelectMany(part => part.Found.Predictions)) : [];
        var csv = new StringBuilder(Header).Append('\n');
        if (chosen.Count > 0)
        {
            using var sheet = new ThumbnailSheet(shape, chosen.Count, LongestSide);
            Parallel.For(0, chosen.Count, number => sheet.Paint(number, setOf[chosen[number]].Read(chosen[number].Image)));
            foreach (var (number, prediction) in chosen.Index())
            {
                var (x, y) = sheet.PlaceOf(number);
                csv.Append(CultureInfo.InvariantCulture, $"{CsvField.Of(prediction.Name)},{CsvField.Of(classes[prediction.Class])},{CsvField.Of(classes[prediction.Predicted])},{prediction.Strongest[0].Probability:G6},{prediction.Probability:G6},{x},{y},{sheet.Width},{sheet.Height}\n");
            }
            var picture = sheet.Encode();
            AtomicFile.Write(Path.Combine(folder, SheetFile), stream => stream.Write(picture));
        }
        CsvFile.Write(Path.Combine(folder, TableFile), csv.ToString());
    }

    /// <summary>Reads the table.</summary>
    /// <param name="folder">The run's <c>evaluate</c> folder.</param>
    /// <returns>Its images; null where an evaluation of an earlier version, or none, has left no table.</returns>
    /// <exception cref="ZfDeclException">ZF1413: the table is damaged; ZF1220, ZF1222: it is empty, no regular file, or too large.</exception>
    public static IReadOnlyList<MisclassifiedImage>? Read(string folder)
    {
        var path = Path.Combine(folder, TableFile);
        if (!File.Exists(path))
            return null;
        var table = CsvTable.Read(path);
        if (string.Join(',', table.Header) != Header)
            throw Damaged(path, $"its columns are not {Header}");
        if (table.Rows.Count > Most)
            throw Damaged(path, $"it has {table.Rows.Count} rows, more than {Most}");
        return [.. table.Rows.Select((row, index) => Parse(row) ?? throw Damaged(path, $"row {index + 1} has a number that cannot be"))];
    }

    private static MisclassifiedImage? Parse(IReadOnlyList<string> row)
    {
        var numbers = row.Skip(3).Select(field => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 1e6 ? number : -1).ToArray();
        return numbers.Any(number => number < 0) || numbers[0] > 1 || numbers[1] > 1 || numbers[4] < 1 || numbers[5] < 1
            ? null
            : new(row[0], row[1], row[2], numbers[0], numbers[1], (int)numbers[2], (int)numbers[3], (int)numbers[4], (int)numbers[5]);
    }

    private static ZfDeclException Damaged(string path, string finding) => new("ZF1413", $"this is no table of misclassified images: {finding}. Run `evaluate` again", path);
}
