using ZfDecl.Analyses.Evaluate;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Report.Contents;
using ZfDecl.Report.Page;

namespace ZfDecl.Report;

/// <summary>
/// The report of a run: <c>report/index.html</c> and the pictures beside it, made of the run's files alone. The folder needs nothing outside of it, so that it
/// can be moved, and opens from disk.
/// </summary>
public static class RunReport
{
    /// <summary>The name of the page.</summary>
    public const string PageFile = "index.html";

    /// <summary>Makes the report anew. The older one is replaced when the new one is complete.</summary>
    /// <param name="run">The run.</param>
    /// <param name="against">A run to show beside it; null for none.</param>
    /// <param name="folder">The run's <c>report</c> folder.</param>
    /// <param name="log">Is warned of what is damaged.</param>
    /// <param name="spell">Spells a command such as <c>`visualize spec=Zf8 run=a`</c> as it is typed to whoever makes the report; it stays as it is where omitted.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written; ZF1219: another process holds up its turn; ZF1228: what it shows was replaced meanwhile; ZF1220, ZF1222: a file to be shown is none of the run's, or too large.</exception>
    public static string Write(ReportRun run, ReportRun? against, string folder, IRunLog log, Func<string, string>? spell = null)
    {
        Temporary.Clean(run.Folder, log);
        ReplacedFolder.Write(folder, made =>
        {
            foreach (var layer in run.Layers)
                CopyLayer(layer, run.Folder, LayerPart.Key(layer.Index.Layer, isOther: false), made);
            foreach (var layer in against?.Layers.Where(layer => run.Layers.Any(own => own.Index.Layer == layer.Index.Layer)) ?? [])
                CopyLayer(layer, against!.Folder, LayerPart.Key(layer.Index.Layer, isOther: true), made);
            foreach (var analysis in run.Analyses)
                CopyAnalysis(analysis, run.Folder, Path.Combine(made, "sections", analysis.Path), log);
            run.MustBeAsRead();
            against?.MustBeAsRead();
            AtomicFile.WriteText(Path.Combine(made, PageFile), ReportPage.Render(run, against, log, spell ?? (command => command)), durable: false);
        });
        return Path.Combine(folder, PageFile);
    }

    private static void CopyLayer(ReportLayer layer, string root, string key, string report)
    {
        var target = Path.Combine(report, "layers", key);
        foreach (var sheet in layer.Index.Sheets())
            Copy(Path.Combine(layer.Folder, sheet), Path.Combine(target, sheet), root, layer.Version);
        if (layer.Filters is { } filters)
            Copy(filters, Path.Combine(target, LayerPictures.FiltersFile), root, layer.Version);
        AtomicFile.WriteText(Path.Combine(target, LayerPart.DataFile), LayerPart.Data(layer.Index, key));
    }

    private static void CopyAnalysis(ReportAnalysis analysis, string root, string target, IRunLog log)
    {
        var files = analysis.Section.Figures.Select(figure => figure.File).Concat(analysis.Section.Tables.Select(table => table.File));
        if (analysis.Grid is { } grid)
        {
            files = files.Append(OcclusionGrid.ImageFile);
            AtomicFile.WriteText(Path.Combine(target, AnalysisPart.GridFile), ExplorerPart.Script(grid, analysis.Anchor));
        }
        if (analysis.Confusion is { Images.Count: > 0 })
            files = files.Append(MisclassifiedImages.SheetFile);
        foreach (var file in files.Distinct())
        {
            if (analysis.Has(file))
                Copy(Path.Combine(analysis.Folder, file), Path.Combine(target, file), root, analysis.Version);
            else if (file.Split('/').All(PlainName.Is) && File.Exists(Path.Combine(analysis.Folder, file)) && analysis.Refusal(file) is { } refusal)
                log.Warn(refusal.Code, refusal.Message, refusal.File);
            else
                log.Warn("ZF1414", $"there is no '{file}' in its folder, so the report cannot show it. Run the analysis again", Path.Combine(analysis.Folder, ReportSection.FileName));
        }
    }

    private static void Copy(string from, string to, string root, FileVersion version)
    {
        try
        {
            AtomicFile.Copy(from, to, RegularFile.LargestPicture, root);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException && !version.IsThere())
        {
            throw version.Replaced(cause);
        }
    }
}
