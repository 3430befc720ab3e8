using ZfDecl.Analyses.Diagnose;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Cli.Terminal;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Imaging;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Diagnose</c>: dead maps, dominant filters, the frequencies of the first filters and aliasing, of one network or of two side by side.</summary>
internal static class DiagnoseCommand
{
    public static int Run(RunContext context)
    {
        var log = context.Log;
        var source = TrainedRun.Choose(context);
        var against = context.Settings.Value(SettingTable.Against, "");
        // Chosen before the first is looked at: a name that does not exist is said at once.
        var otherContext = against.Length > 0 ? Other(context, source, against) : null;
        var other = otherContext is null ? null : TrainedRun.Choose(otherContext);

        context.WarnOfOtherNetwork(source.Entry.Info.Name, source.Run?.Record);
        var networks = new List<DiagnosedNetwork> { Look(context, source) };
        if (other is not null)
            networks.Add(Look(otherContext!, other));
        var report = new DiagnosisReport(networks);
        var folder = Path.Combine(source.Folder, AnalysisKinds.Diagnose.Folder);
        ReplacedFolder.Write(folder, report.Write);
        foreach (var line in TextTable.Lines([.. DiagnosisReport.TableHeader], "lllrrrrrrrrrr", report.Table))
            log.Say(line);
        foreach (var verdict in report.Verdicts)
            log.Say(verdict);
        log.Say($"charts.png, filters.png, layers.csv and filters.csv in {folder}");
        return 0;
    }

    private static DiagnosedNetwork Look(RunContext context, TrainedRun source)
    {
        using var opened = OpenedRun.Open(context, source, several: true, otherClasses: true);
        var images = opened.Images;
        var layers = NetworkDiagnosis.Of(opened.Network, images, opened.Preprocessor, context.Log);
        var caption = new SheetCaption { Network = $"{source.Entry.Info.Name}/{source.Name}", Data = FormattableString.Invariant($"{opened.Split}, {images.Count:N0} images"), Weights = source.Weights };
        return new(caption.Network, caption.Data, caption.Weights, layers, Filters(opened, caption));
    }

    private static byte[]? Filters(OpenedRun opened, SheetCaption caption)
    {
        if (FeatureLayers.FirstConvolution(opened.Network.Info) is not { } first)
            return null;
        using var scope = NewDisposeScope();
        var weight = opened.Network.WeightOf(first).detach().cpu();
        int[] shape = [.. weight.shape.Select(side => (int)side)];
        return shape[1] is 1 or 3 ? FilterSheet.ToPng(caption, first, shape[1], [.. weight.contiguous().data<float>().ToArray().Chunk(shape[1] * shape[2] * shape[3])]) : null;
    }

    /// <summary>The context of the other network: <c>Spec</c>, <c>Spec/run</c>, or <c>/run</c> for another run of the same.</summary>
    private static RunContext Other(RunContext context, TrainedRun source, string against)
    {
        var slash = against.IndexOf('/', StringComparison.Ordinal);
        var (spec, run) = slash < 0 ? (against, null) : (against[..slash], against[(slash + 1)..]);
        if (spec.Length > 0)
            context.Networks.Find(spec, "Against");
        return context with { Settings = context.Settings.For(spec.Length > 0 ? spec : source.Entry.Info.Name, string.IsNullOrEmpty(run) ? null : run) };
    }
}
