namespace ZfDecl.Report.Page;

/// <summary>What every page has: its head, the contents on the left, the sections on the right, style and scripts within.</summary>
internal sealed record PageShell
{
    /// <summary>The title of its window.</summary>
    public required string Title { get; init; }

    /// <summary>Its heading.</summary>
    public required Html Heading { get; init; }

    /// <summary>The line below it; null or empty for none.</summary>
    public string? Summary { get; init; }

    /// <summary>What could not be read, one sentence each.</summary>
    public IReadOnlyList<string> Damages { get; init; } = [];

    /// <summary>The sections.</summary>
    public required IReadOnlyList<PagePart> Parts { get; init; }

    /// <summary>What stands below the contents.</summary>
    public Html Navigation { get; init; } = Html.Empty;

    /// <summary>What stands behind the sections.</summary>
    public Html End { get; init; } = Html.Empty;

    /// <summary>The names of its scripts, in order.</summary>
    public required IReadOnlyList<string> Scripts { get; init; }

    /// <summary>A script of its own, after these.</summary>
    public Html Script { get; init; } = Html.Empty;

    /// <summary>The page.</summary>
    public static string Render(PageShell page) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{page.Title}</title>
        <link rel="icon" href="data:,">
        <style>{Resource("base.css")}{Resource("report.css")}</style>
        </head>
        <body>
        <a class="skip" href="#content">To the content</a>
        <header>
        <div><h1>{page.Heading}</h1>
        {(string.IsNullOrEmpty(page.Summary) ? Html.Empty : Html.Of($"<p>{page.Summary}</p>"))}</div>
        <button type="button" id="theme" aria-label="Auto: colours as the system has them">Auto</button>
        </header>
        <nav aria-label="Contents">
        <ol>{page.Parts.Select(Entry)}</ol>
        {page.Navigation}
        </nav>
        <main id="content" tabindex="-1">
        {page.Damages.Select(damage => Html.Of($"<p class=\"missing\" role=\"note\">{damage}</p>\n"))}
        {page.Parts.Select(part => part.ToHtml())}
        </main>
        {page.End}
        <script>{Html.Join(page.Scripts.Select(Resource))}{page.Script}</script>
        </body>
        </html>

        """).Markup;

    private static Html Entry(PagePart part) => Html.Of($"""
        <li><a href="#{part.Id}">{part.Title}</a>{(part.Parts is not { Count: > 0 } ? Html.Empty : Html.Of($"<ol>{part.Parts.Select(entry => Html.Of($"<li><a href=\"#{entry.Id}\">{entry.Title}{(entry.Note.Length == 0 ? Html.Empty : Html.Of($" <span>{entry.Note}</span>"))}</a></li>"))}</ol>"))}</li>

        """);

    private static Html Resource(string name)
    {
        using var reader = new StreamReader(typeof(PageShell).Assembly.GetManifestResourceStream($"ZfDecl.Report.Page.{name}")!);
        return new(reader.ReadToEnd());
    }
}
