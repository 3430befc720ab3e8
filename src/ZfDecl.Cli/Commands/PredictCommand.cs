using ZfDecl.Analyses.Predict;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Cli.Terminal;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Generators.Language;
using ZfDecl.Messages;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Predict</c>: what a network takes pictures for, or, of a tensor of preprocessed images, what its layers yield.</summary>
internal static class PredictCommand
{
    // Of so many images all five classes are shown; of more the first alone; beyond that the table has them.
    private const int FewImages = 5, MostImages = 30, MostCounted = 5;

    public static int Run(RunContext context)
    {
        var (source, settings) = (TrainedRun.Choose(context), context.Settings);
        return (settings.IsGiven(SettingTable.Pictures), settings.IsGiven(SettingTable.Input)) switch
        {
            (true, true) => throw new ZfDeclException("ZF1510", "-p:Image= and -p:Input= are both given: pictures are preprocessed, and a tensor is taken as it is; leave one of them out"),
            (false, false) => throw new ZfDeclException("ZF1510", "what shall the network be shown? Give -p:Image= with files, folders or patterns of pictures, or with names or numbers of images of the data; or -p:Input= and -p:Out= with files of tensors"),
            (true, _) => OfPictures(context, source),
            _ => OfTensor(context, source),
        };
    }

    private static int OfPictures(RunContext context, TrainedRun source)
    {
        var (settings, log) = (context.Settings, context.Log);
        foreach (var key in (Key[])[SettingTable.Out, SettingTable.Overwrite, VisualizeKeys.Layers])
        {
            if (settings.IsGiven(key))
                throw new ZfDeclException("ZF1510", $"{Settings.Property(key.Name)}= goes with -p:Input=, the tensor of preprocessed images; of pictures leave it out");
        }
        var named = NamedImages.Find(settings.Value(SettingTable.Pictures, ""), log);
        using var ready = named.Ready(context, source);
        var images = named.Open(ready, log);
        var predictions = new ImagePredictor(ready.Network, ready.Preprocessor, ready.Device).Of(images, log, context.Stop);
        var files = new PredictionFiles(source.Entry.Info, ready.Classes, source.Weights, predictions);
        Show(files, predictions, ready.Classes, log);
        var folder = Path.Combine(source.Folder, AnalysisKinds.Predict.Folder);
        ReplacedFolder.Write(folder, made => files.Write(made, images, ready.Preprocessor));
        log.Say($"{Quantity.Of(predictions.Count, "image")}: {Path.Combine(folder, PredictionFiles.TableFile)}, {PredictionFiles.SheetFile}");
        return 0;
    }

    private static int OfTensor(RunContext context, TrainedRun source)
    {
        var (settings, log, info) = (context.Settings, context.Log, source.Entry.Info);
        if (!settings.IsGiven(SettingTable.Out))
            throw new ZfDeclException("ZF1510", "where shall the tensors go? Give -p:Out= with a .safetensors file beside -p:Input=");
        var (from, to) = (settings.FilePath(SettingTable.Input, null)!, settings.FilePath(SettingTable.Out, null)!);
        if (from == to)
            throw new ZfDeclException("ZF1510", "-p:Out= is the file of -p:Input=, which would be gone afterwards; name another", from);
        if (Path.Exists(to) && !settings.Value(SettingTable.Overwrite))
            throw new ZfDeclException("ZF1530", $"'{to}' is there already. Name another file with -p:Out=, or replace it with -p:Overwrite=yes", to);
        var layers = settings.IsGiven(VisualizeKeys.Layers) ? settings.Choices(VisualizeKeys.Layers, [], [.. info.Layers.Select(layer => layer.Name)]) : [];
        using var ready = ReadyNetwork.Open(context, source);
        var written = new TensorPredictor(ready.Network, ready.Device).Run(from, to, [.. layers.Select(info.Layer)], source.Weights, log, context.Stop);
        foreach (var line in TextTable.Lines(["tensor", "shape"], "ll", written.Select(tensor => new[] { tensor.Name, $"[{string.Join(", ", tensor.Shape)}]" })))
            log.Say($"  {line}");
        log.Say($"{Quantity.Of((int)written[0].Shape[0], "image")}: {to}");
        return 0;
    }

    private static void Show(PredictionFiles files, IReadOnlyList<ImagePrediction> predictions, IReadOnlyList<string> classes, ConsoleLog log)
    {
        if (classes.Count == 0)
            log.Say($"{files.Yields}; shown are the largest values");
        if (predictions.Count <= FewImages)
        {
            foreach (var prediction in predictions)
            {
                log.Say(prediction.Name + (prediction.Class.Length == 0 ? "" : $" ({prediction.Class})"));
                Say(prediction.Strongest.Select(output => (files.NameOf(output), files.ShareOf(output, prediction.Strongest[0].Value), files.ValueOf(output))));
            }
            return;
        }
        var folder = SharedFolder([.. predictions.Select(prediction => prediction.Name)]);
        if (folder > 0)
            log.Say($"in {predictions[0].Name[..folder]}");
        var largest = predictions.Max(prediction => prediction.Strongest[0].Value);
        Say(predictions.Take(MostImages).Select(prediction => ($"{prediction.Name[folder..]}: {files.NameOf(prediction.Strongest[0])}", files.ShareOf(prediction.Strongest[0], largest), files.ValueOf(prediction.Strongest[0]))));
        if (predictions.Count > MostImages)
            log.Say($"these are the first {MostImages} of {predictions.Count} images; all of them stand in {PredictionFiles.TableFile}");
        if (classes.Count == 0)
            return;
        var counts = predictions.CountBy(prediction => prediction.Strongest[0].Index).OrderByDescending(count => count.Value).ThenBy(count => count.Key).ToArray();
        log.Say($"taken for: {string.Join(", ", counts.Take(MostCounted).Select(count => $"{classes[count.Key]} {count.Value}"))}{(counts.Length > MostCounted ? $" and {Quantity.Of(counts.Length - MostCounted, "other class", "other classes")}" : "")}");

        void Say(IEnumerable<(string Name, double Share, string Value)> bars)
        {
            foreach (var line in TextBars.Lines([.. bars], log.Width))
                log.Say(line);
        }
    }

    /// <summary>How many letters of all names are the folder that they share.</summary>
    private static int SharedFolder(IReadOnlyList<string> names) =>
        names.Skip(1).Aggregate(names[0], (shared, name) => shared[..shared.AsSpan().CommonPrefixLength(name)]).LastIndexOf('/') + 1;
}
