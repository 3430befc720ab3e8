using ZfDecl.Files;

namespace ZfDecl.Studies.Comparison;

/// <summary>The finished rows of a study: the content of <c>rows.json</c>. Earlier versions kept the rows alone, without a format.</summary>
/// <param name="Rows">The rows, each by its key.</param>
internal sealed record StudyRows<TRow>(Dictionary<string, TRow> Rows) : IRecord where TRow : class
{
    /// <inheritdoc/>
    public static RecordKind Kind { get; } = new("ZF1423", "this file of a study is damaged", "Delete the study's folder to run it anew", Format: 2);

    /// <inheritdoc/>
    public IEnumerable<string> Problems() => Rows.Where(row => row.Value is null).Select(row => $"row '{row.Key}' is null");

    /// <summary>Reads the rows of a file.</summary>
    /// <exception cref="Messages.ZfDeclException">ZF1423: the file is damaged; ZF1221: a newer version made it; ZF1202, ZF1220, ZF1222: it cannot be read.</exception>
    public static Dictionary<string, TRow> Read(string path) => RecordJson.Read<StudyRows<TRow>, Dictionary<string, TRow>>(path, rows => new(rows)).Rows;
}
