using ZfDecl.Analyses.Explain;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Report.Page;

namespace ZfDecl.Report.Explain;

/// <summary>An explanation as one page that needs nothing beside it: to hand to the person who asks why.</summary>
public static class ExplanationPage
{
    private const string ExplorerKey = "occlusion";
    private static readonly string[] Scripts = ["theme.js", "contents.js", "colors.js", "explorer.js"];

    /// <summary>Writes the page; an older one is replaced when the new one is complete.</summary>
    /// <param name="path">The page.</param>
    /// <param name="found">What was found.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="log">Is warned of damaged files of the run, which the page then does without.</param>
    /// <param name="spell">Spells a command such as <c>`trust spec=Zf8`</c> as it is typed; it stays as it is where omitted.</param>
    /// <exception cref="ZfDeclException">ZF1204: the page cannot be written.</exception>
    public static void Write(string path, Explanation found, ExplanationSource source, IRunLog log, Func<string, string>? spell = null) =>
        AtomicFile.WriteText(path, Render(found, source, log, spell ?? (command => command)));

    internal static string Render(Explanation found, ExplanationSource source, IRunLog log, Func<string, string> spell)
    {
        var pictures = new ExplanationPictures(found);
        var grid = OcclusionPictures.Grid(new() { Network = source.Spec, Weights = source.Weights, Image = found.Prediction.Name, ClassIs = "", Classes = found.Classes, Data = "" }, found.Occlusion);
        var subject = found.HasClass ? found.ClassName : found.MapName;
        PagePart?[] parts =
        [
            Summary(found, pictures),
            ProbabilitiesPart.Of(found),
            OcclusionPart.Of(found, pictures, found.HasClass ? ExplorerPart.Of(grid, ExplorerKey, EmbeddedPicture.Address(pictures.Image())) : Html.Empty),
            MapsPart.Of(found, pictures),
            SimilarPart.Of(found, pictures),
            GradientPart.Of(found, pictures),
            CaveatsPart.Of(found, source, log, spell),
            Provenance(source),
        ];
        return PageShell.Render(new()
        {
            Title = $"{found.Prediction.Name} · {subject} · {source.Spec}",
            Heading = Html.Of($"{found.Prediction.Name} <span class=\"run\">{(found.HasClass ? $"why {subject}?" : subject)}</span>"),
            Summary = $"{source.Spec}, {source.Weights}{(found.Network.Summary.Length > 0 ? $": {found.Network.Summary}" : "")}",
            Parts = [.. parts.OfType<PagePart>()],
            Scripts = Scripts,
            Script = found.HasClass ? new(ExplorerPart.Script(grid, ExplorerKey)) : Html.Empty,
        });
    }

    private static PagePart Summary(Explanation found, ExplanationPictures pictures) => new("summary", "In short", Html.Of($"""
        <div class="opening">
        {EmbeddedPicture.Figure(pictures.Other(found.Pixels), $"{found.Prediction.Name} as the network saw it", "as the network saw it")}
        <ul class="said">{new ExplanationSummary(found).Sentences().Select(sentence => Html.Of($"<li>{sentence}</li>\n"))}</ul>
        </div>
        """));

    private static PagePart Provenance(ExplanationSource source) => new("provenance", "How this page was made", Html.Of($"""
        <p><code>{source.Command}</code></p>
        <p class="hint">{(source.Record is not { } record ? "The weights are as a training would begin with."
            : record.Imported is { } file ? $"The weights were imported from {file.File}, {file.Format}{(file.Producer.Length > 0 ? $", written by {file.Producer}" : "")}: what it was trained on is not known here."
            : $"The network was trained on {record.Data}.")} ZfDecl {Runs.RunVersions.Current.ZfDecl}.</p>
        """));
}
