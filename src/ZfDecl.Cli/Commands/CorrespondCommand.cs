using ZfDecl.Analyses.Correspond;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Cli.Terminal;
using ZfDecl.Findings;
using ZfDecl.Generators.Language;
using ZfDecl.Messages;
using ZfDecl.Search;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Correspond</c>: whether a network treats the same part of different images alike.</summary>
internal static class CorrespondCommand
{
    private const int RandomDraws = 20;

    public static int Run(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        var source = TrainedRun.Choose(context);
        context.WarnOfOtherNetwork(source.Entry.Info.Name, source.Run?.Record);
        var info = source.Entry.Info;
        var path = settings.FilePath(SettingTable.Parts, null)
            ?? throw new ZfDeclException("ZF1440", "name the file of the parts: -p:Parts=parts.csv, with the header image,part,x,y,w,h and a box a line");
        var layers = settings.Choices(VisualizeKeys.Layers, [.. new[] { FeatureLayers.LastConvolution(info).Name, FeatureLayers.LastHidden(info).Name }.Distinct()], [.. info.Layers.Select(layer => layer.Name)]);
        if (layers.Count is < 1 or > 2)
            throw new ZfDeclException("ZF1433", $"-p:Layers={string.Join('+', layers)}: parts are compared in two layers; give a low and a high one");
        var seed = source.Seed(context);
        var file = PartsFile.Read(path);
        var listRoot = context.ListRoot(source.Run?.Record.Setting("root"));
        using var opened = OpenedRun.Open(context, source, several: true, otherClasses: true);

        var found = PartImages.Find(file, opened.Images, [source.Data(context), listRoot], opened.Preprocessor, log);
        foreach (var problem in found.Problems)
            log.Error(problem.Code, problem.Finding, FormattableString.Invariant($"{path}({problem.Line})"));
        if (found.Problems.Count > 0)
            return 1;
        var analysis = new PartCorrespondence(opened.Network, opened.Preprocessor, info.Layer(layers[0]), info.Layer(layers[^1]));
        var rows = analysis.Measure(found.Images, RandomDraws, seed, log);
        var folder = Path.Combine(source.Folder, AnalysisKinds.Correspond.Folder);
        var report = new CorrespondenceReport(analysis, found.Images, rows, opened.Preprocessor, new() { Network = info.Name, Data = $"{found.Images.Count} images", Weights = source.Weights });
        report.Write(folder);
        foreach (var line in TextTable.Lines([.. report.TableHeader], "lrrrrr", report.Table))
            log.Say(line);
        foreach (var finding in report.Findings())
            log.Say(finding);
        log.Say($"parts.csv and parts.png in {folder}");
        return 0;
    }
}
