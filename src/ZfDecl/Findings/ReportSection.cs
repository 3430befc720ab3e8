using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Findings;

/// <summary>
/// What an analysis says of itself to the report: it lies as <c>section.json</c> in the analysis' folder below the run's, beside the pictures and tables that
/// it names. The report is made of these files alone.
/// </summary>
public sealed record ReportSection : IRecord
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "section.json";

    /// <summary>The section's anchor in the page, for example <c>invariance</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its heading.</summary>
    public required string Title { get; init; }

    /// <summary>Where it stands among the sections; the least is first.</summary>
    public required int Order { get; init; }

    /// <summary>What was looked at, the images and the weights; empty where the text says so.</summary>
    public string Subject { get; init; } = "";

    /// <summary>What was done and what it shows, plain text, a paragraph an entry.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>What was left out or went wrong, plain text, an entry each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Its pictures.</summary>
    public IReadOnlyList<ReportFigure> Figures { get; init; } = [];

    /// <summary>Its tables.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    /// <summary>Writes the section into the folder of its analysis.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void Write(string folder) => RecordJson.Write(Path.Combine(folder, FileName), this);

    /// <summary>Reads the section of an analysis.</summary>
    /// <param name="folder">The folder of the analysis.</param>
    /// <returns>The section; null where the folder has none.</returns>
    /// <exception cref="ZfDeclException">ZF1410: the file is damaged; ZF1221: a newer version made it; ZF1202, ZF1220, ZF1222: it cannot be read.</exception>
    public static ReportSection? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? RecordJson.Read<ReportSection>(path) : null;
    }

    static RecordKind IRecord.Kind { get; } = new("ZF1410", "this is no section of a report", "Run the analysis again, or delete the file");

    IEnumerable<string> IRecord.Problems()
    {
        if (Title.Length == 0)
            yield return "'title' is empty";
        if (Figures.Select(figure => figure.File).Concat(Tables.Select(table => table.File)).Any(file => file.Length == 0))
            yield return "a 'file' of its figures or tables is empty";
    }
}
