using System.Globalization;
using ZfDecl.Analyses.Explain;
using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Report.Contents;
using ZfDecl.Report.Page;

namespace ZfDecl.Report.Explain;

/// <summary>How far to trust the page: what holds of any network, and this network's own figures, where Evaluate and Trust have measured them.</summary>
internal static class CaveatsPart
{
    /// <param name="found">What was found.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="log">Is warned of damaged files.</param>
    /// <param name="spell">Spells a command as it is typed.</param>
    public static PagePart Of(Explanation found, ExplanationSource source, IRunLog log, Func<string, string> spell)
    {
        var named = $"spec={source.Spec} run={source.Run}";
        return new("caveats", "How far to trust this", Html.Of($"""
            <ul class="said">
            {(found.HasClass ? Html.Of($"<li>A probability says how sure the network is, not how often it is right. A picture of something that it does not know is taken for one of its classes too.</li>\n") : Html.Empty)}
            <li>A picture with a grey square is unlike those that a network was trained on: what changes may come of the square, and not of what it covers. Two parts that say the same hide each other, as each is enough.</li>
            <li>A projection shows what in this picture excites one unit. It is no proof that the network decides by it, and by the paper's rule it shows edges of the picture whatever the weights are.</li>
            <li>Images alike in features are alike to the network, not to a person.</li>
            </ul>
            {(found.HasClass ? OfEvaluation(found, source, log, spell($"`{AnalysisKinds.Evaluate.Verb} {named}`")) : Html.Empty)}
            {OfTrust(found, source, log, spell($"`{AnalysisKinds.Trust.Verb} {named}`"))}
            """));
    }

    /// <summary>How often the network is right about the class.</summary>
    private static Html OfEvaluation(Explanation found, ExplanationSource source, IRunLog log, string command)
    {
        var confusion = Try(() => ReportConfusion.Read(Path.Combine(source.Folder, AnalysisKinds.Evaluate.Folder)), log);
        if (confusion is null || !confusion.Classes.SequenceEqual(found.Classes))
            return Html.Of($"<p>How often it is right about {found.ClassName}, is not measured yet: <code>{command}</code></p>");
        var own = found.Occlusion.Class;
        var (right, taken, all) = (confusion.Counts[own][own], confusion.Counts.Sum(row => row[own]), confusion.Counts[own].Sum());
        return Html.Of($"""
            <p>Measured by Evaluate: {(taken == 0 ? $"it took no image for {found.ClassName}" : $"of {Count(taken)} that it took for {found.ClassName}, {Figures.Percent((double)right / taken)} were (precision)")}{(all == 0 ? "; there was no image of it" : $"; of {Count(all)} of {found.ClassName} it found {Figures.Percent((double)right / all)} (recall)")}.</p>
            """);

        static string Count(int images) => string.Create(CultureInfo.InvariantCulture, $"{images:N0} {(images == 1 ? "image" : "images")}");
    }

    /// <summary>What Trust has found of this network's pictures.</summary>
    private static Html OfTrust(Explanation found, ExplanationSource source, IRunLog log, string command)
    {
        if (Try(() => ReportSection.Read(Path.Combine(source.Folder, AnalysisKinds.Trust.Folder)), log) is { } trust)
            return Html.Of($"<h3>What Trust has measured of this network</h3>\n<p class=\"facts\">{trust.Subject}</p>\n{trust.Text.Select(sentence => Html.Of($"<p>{sentence}</p>\n"))}");
        return found.Network.Classes == 0 ? Html.Of($"<p>Trust measures how far such pictures show what a network looks at; it asks for classes, and '{source.Spec}' has none.</p>")
            : Html.Of($"<p>How far such pictures show what this very network looks at, is not measured yet: <code>{command}</code></p>");
    }

    private static T? Try<T>(Func<T?> read, IRunLog log) where T : class
    {
        try
        {
            return read();
        }
        catch (ZfDeclException damage)
        {
            log.Warn(damage.Code, damage.Message, damage.File);
            return null;
        }
    }
}
