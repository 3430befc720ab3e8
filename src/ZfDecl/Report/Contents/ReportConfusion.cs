using System.Globalization;
using SkiaSharp;
using ZfDecl.Analyses.Evaluate;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Report.Contents;

/// <summary>What an evaluation has left for the report's confusion matrix and the images behind its cells.</summary>
/// <param name="Classes">The classes, in the order of rows and columns.</param>
/// <param name="Counts">How many images of each class were taken for each: a row a class.</param>
/// <param name="Images">Those of which there are pictures; null where the evaluation was one of an earlier version.</param>
/// <param name="SheetWidth">Columns of the sheet of their pictures.</param>
/// <param name="SheetHeight">Its rows.</param>
internal sealed record ReportConfusion(IReadOnlyList<string> Classes, IReadOnlyList<int[]> Counts, IReadOnlyList<MisclassifiedImage>? Images, int SheetWidth, int SheetHeight)
{
    /// <summary>Reads it.</summary>
    /// <param name="folder">The run's <c>evaluate</c> folder.</param>
    /// <returns>The matrix; null where the folder holds none.</returns>
    /// <exception cref="ZfDeclException">ZF1413: a table is damaged; ZF1414: there is no sheet of pictures; ZF1220, ZF1222: a file is empty, no regular file, or too large.</exception>
    public static ReportConfusion? Read(string folder)
    {
        var path = Path.Combine(folder, EvaluationFiles.ConfusionFile);
        if (!File.Exists(path))
            return null;
        var table = CsvTable.Read(path);
        var classes = table.Header.Skip(1).ToArray();
        if (!classes.SequenceEqual(table.Rows.Select(row => row[0])))
            throw Damaged(path, "its rows and columns are not the same classes");
        int[][] counts = [.. table.Rows.Select(row => row.Skip(1).Select(field => int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw Damaged(path, $"'{field}' is no number of images")).ToArray())];
        var images = MisclassifiedImages.Read(folder);
        var size = images is { Count: > 0 } ? SizeOf(Path.Combine(folder, MisclassifiedImages.SheetFile)) : default;
        return images?.FirstOrDefault(image => image.X + image.Width > size.Width || image.Y + image.Height > size.Height) is { } outside
            ? throw Damaged(Path.Combine(folder, MisclassifiedImages.TableFile), $"the picture of '{outside.Name}' lies outside of '{MisclassifiedImages.SheetFile}'")
            : new(classes, counts, images, size.Width, size.Height);
    }

    private static SKSizeI SizeOf(string sheet)
    {
        if (!File.Exists(sheet))
            throw new ZfDeclException("ZF1414", "there is no sheet of the misclassified images, so the report cannot show them. Run `evaluate` again", sheet);
        using var stream = RegularFile.Open(sheet, RegularFile.LargestPicture);
        using var codec = SKCodec.Create(stream);
        return codec?.Info.Size ?? throw Damaged(sheet, "it is no picture");
    }

    private static ZfDeclException Damaged(string path, string finding) => new("ZF1413", $"the report cannot show the confusion matrix: {finding}. Run `evaluate` again", path);
}
