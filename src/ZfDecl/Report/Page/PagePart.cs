namespace ZfDecl.Report.Page;

/// <summary>A section of the page, with its position in the contents.</summary>
/// <param name="Id">Its anchor.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Body">What stands below the heading.</param>
/// <param name="Parts">The parts of it that the contents list.</param>
internal sealed record PagePart(string Id, string Title, Html Body, IReadOnlyList<PageEntry>? Parts = null)
{
    public Html ToHtml() => Html.Of($"""
        <section id="{Id}" aria-labelledby="{Id}-title">
        <h2 id="{Id}-title">{Title}</h2>
        {Body}
        </section>

        """);
}

/// <summary>An entry of the contents below a section.</summary>
/// <param name="Id">The anchor.</param>
/// <param name="Title">The text.</param>
/// <param name="Note">What stands behind it, for example how many maps a layer has; empty for nothing.</param>
internal sealed record PageEntry(string Id, string Title, string Note = "");
