using ZfDecl.Analyses.Invariance;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Generators.Language;
using ZfDecl.Imaging;
using ZfDecl.Messages;
using ZfDecl.Search;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Invariance</c>: how the features and the class of images change as they are moved, enlarged and turned.</summary>
internal static class InvarianceCommand
{
    public static int Run(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        var source = TrainedRun.Choose(context);
        var info = source.Entry.Info;
        var usual = FeatureLayers.Pair(info, FeatureLayers.First(info));
        var layers = settings.Choices(VisualizeKeys.Layers, usual, [.. info.Layers.Select(layer => layer.Name)]);
        if (layers.Count != 2)
        {
            var example = string.Join('+', usual.Count == 2 ? usual : [info.Layers[0].Name, usual[0]]);
            throw new ZfDeclException("ZF1433", $"-p:Layers={string.Join('+', layers)}: invariance is compared between two layers; give a low and a high one, such as -p:Layers={example}");
        }
        var wanted = settings.Value(SettingTable.Images);
        var seed = source.Seed(context);
        using var opened = OpenedRun.Open(context, source);
        var images = opened.Images;

        var analysis = new InvarianceAnalysis(opened.Network, images, opened.Preprocessor, info.Layer(layers[0]), info.Layer(layers[1]));
        var chosen = ImageSelection.Of(images, wanted, seed);
        var curves = analysis.Measure(chosen, log);
        var folder = Path.Combine(source.Folder, AnalysisKinds.Invariance.Folder);
        var caption = new SheetCaption { Network = info.Name, Data = FormattableString.Invariant($"{opened.Split}, {chosen.Count:N0} of {images.Count:N0} images"), Weights = source.Weights };
        ReplacedFolder.Write(folder, new InvarianceReport(analysis, images, curves, caption).Write);
        foreach (var finding in ReportSection.Read(folder)!.Text.Skip(1))
            log.Say(finding);
        log.Say($"curves.png, curves.svg, images.png and curves.csv in {folder}");
        return 0;
    }
}
