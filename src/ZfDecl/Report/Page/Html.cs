namespace ZfDecl.Report.Page;

/// <summary>A piece of a page. Text becomes one by being put into a template, and is escaped there; a piece put into another stays as it is.</summary>
/// <param name="Markup">HTML, or SVG.</param>
internal readonly record struct Html(string Markup)
{
    /// <summary>Nothing.</summary>
    public static Html Empty { get; } = new("");

    /// <summary>Fills a template: <c>Html.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c> escapes the name.</summary>
    public static Html Of(HtmlTemplate template) => new(template.ToString());

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Markup)));

    /// <inheritdoc/>
    public override string ToString() => Markup ?? "";
}
