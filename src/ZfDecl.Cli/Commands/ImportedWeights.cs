using System.Globalization;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Terminal;
using ZfDecl.Files;
using ZfDecl.Interchange.Runs;
using ZfDecl.Interchange.Weights;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Import -p:Spec=</c>: makes a run of the weights of a file for a network that is declared already.</summary>
internal static class ImportedWeights
{
    public static int Run(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        var entry = context.Network();
        var path = settings.FilePath(SettingTable.From, null) ?? throw new ZfDeclException("ZF1601", "weights for a declared network come from a file: name it with `from=…`");
        var preprocess = entry.Info.Recipe.Preprocess;
        var mean = settings.IsGiven(SettingTable.Mean) ? settings.FilePath(SettingTable.Mean, null) : null;
        if (mean is not null && !preprocess.NeedsStatistics())
            settings.Fault(SettingTable.Mean, $"the spec of {entry.Info.Name} subtracts no mean that is measured; write 'subtract: pixel-mean' into its 'preprocess', or leave it out");
        var labels = settings.IsGiven(SettingTable.Labels) ? settings.FilePath(SettingTable.Labels, null) : null;
        var run = RunDirectory.PathOf(context.Artifacts(), entry.Info.Name, settings.Value(SettingTable.ImportedRun));
        settings.Report(log);
        DeclaredRun.CheckFree(run);
        if (!File.Exists(path))
            throw new ZfDeclException("ZF1601", $"there is no file '{path}'{(Directory.Exists(path) ? ": it is a folder; name the file in it" : "")}", path);
        using var content = WeightsReading.TryOpen(path)
            ?? throw new ZfDeclException("ZF1601", $"'{path}' is no file of weights that is known. Weights are read of PyTorch (.pth), safetensors, TorchSharp (.dat) and Caffe (.caffemodel); an ONNX model brings its own spec: leave `spec` out", path);
        var found = DeclaredRun.Find(entry, content, path);
        var statistics = mean is null ? PreparedImages.Of(content, entry.Info.Input) : MeanImage.Read(mean, entry.Info.Input);
        string[] classes = labels is null ? ClassLabels.Numbers(found.Classes) : ClassLabels.Read(labels, found.Classes);
        Say(found, content, log);
        RunSetting[] prepared = [.. RecipeSettings.OfEvaluation(preprocess).Select(setting => new RunSetting(setting.Key.Name, setting.Value, "spec"))];
        found.Write(run, statistics ?? PreparedImages.Unknown(entry.Info.Input), classes, prepared, new(Path.GetFileName(path), RegularFile.Sha256(path), content.Format, "", "", labels is null ? null : Path.GetFileName(labels)), context.CommandOf("Import"));
        if (statistics is null && preprocess.NeedsStatistics())
            log.Warn("ZF1538", $"'{entry.Info.Name}' subtracts or divides by what is measured on its training images, and a file of weights does not say it; nothing is subtracted, and divided by 1. Write 'mean' and 'std' into 'preprocess' of the spec", entry.Info.SpecFile);
        if (labels is null && found.Classes > 0)
            log.Say("the classes have no names yet, only numbers: give them with `labels`, a file with one class a line");
        log.Say($"{run}: look at it with: dotnet msbuild -t:Visualize -p:Spec={entry.Info.Name} -p:Run={Path.GetFileName(run)} -p:Data=<folder of images>");
        return 0;
    }

    /// <summary>Which layer gets which weights, and what of the file is left over.</summary>
    private static void Say(DeclaredRun found, WeightsContent content, ConsoleLog log)
    {
        log.Say(string.Create(CultureInfo.InvariantCulture, $"{content.Format}: {found.Match.Matched.Count} tensors of {found.Match.Matched.Sum(weight => weight.Values.Count):N0} values, found {found.Match.Manner}{(found.Classes == found.Info.Classes ? "" : $"; they tell {found.Classes} classes apart, not {found.Info.Classes}")}"));
        foreach (var layer in found.Match.Matched.GroupBy(weight => weight.Name[..weight.Name.LastIndexOf('.')]))
            log.Say($"  {layer.Key} from {string.Join(", ", layer.Select(weight => weight.Source))}");
        if (found.Match.Unused.Count > 0)
            log.Warn("ZF1537", $"what the file holds besides is left out: {string.Join(", ", found.Match.Unused.SelectMany(group => group.Tensors.Values).Select(tensor => tensor.Name))}");
    }
}
