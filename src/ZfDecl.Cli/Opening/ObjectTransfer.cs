using TorchSharp;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Terminal;
using ZfDecl.Data.Sets;
using ZfDecl.Findings;
using ZfDecl.Networks;
using ZfDecl.Studies.Classifiers;
using ZfDecl.Studies.Objects;
using ZfDecl.Studies.Transfer;

namespace ZfDecl.Cli.Opening;

/// <summary>Transfer to PASCAL VOC, whose images hold objects of several classes: the features of a trained network, measured by average precision.</summary>
internal static class ObjectTransfer
{
    private const string Method = "objects 2";

    public static int Run(RunContext context, TrainedRun source, IReadOnlyList<LayerInfo> layers, LinearClassifierKind kind)
    {
        var (settings, log, info) = (context.Settings, context.Log, source.Entry.Info);
        var seed = settings.Value(SettingTable.Seed);
        var threshold = settings.Value(SettingTable.Overlap);
        using var warnings = new HeardWarnings(log);
        using var opened = OpenedRun.Open(context, source, split: "train", several: true, otherClasses: true);
        opened.CheckRanks(context);
        context.NeedShared(source.Folder);
        var featureFolder = Path.Combine(source.Folder, "features");
        if (context.Group.Rank == 0)
            warnings.KeepIn(Path.Combine(featureFolder, $"damaged-{opened.Data.Hash[..16]}.json"));
        var images = new ConcatImageSet(opened.Data);
        var trained = new FeatureSource(opened.Network, images, opened.Data.Hash, opened.Preprocessor);
        var overlaps = new PretrainingOverlap(context, source, featureFolder).Find(images, opened.Data.Hash, threshold);
        var task = ObjectTask.Of(opened.Data.Objects!, overlaps.Select(overlap => overlap.Image).ToHashSet(), log);

        string?[] lines =
        [
            $"{info.Name}, {source.Weights}, on {opened.Data.Description}. A {(kind == LinearClassifierKind.Svm ? "linear support vector machine" : "logistic regression")} for each of {task.Classes.Count} classes against all else, learned from {task.Train.Length:N0} images on fixed "
                + $"features and measured on {task.Test.Length:N0}: average precision over all recalls (as PASCAL VOC has it since 2010), images left out in which a class is difficult to see.",
            "Features are brought to length 1 and centred; C, and where none is named the layer, are those of the greatest mean average precision in 3-fold cross-validation within the training images, of at most 2,000 of them.",
            $"The paper's mean, {PublishedAccuracy.PascalVoc2012}, is of 20 classes of 2012, by a network pretrained on ImageNet with one softmax over the classes, trained on all images with public labels and measured on the test images, whose labels are not public. It says where one could be, not more.",
            source.Run is null ? null : TransferTarget.UntrainedCaption,
            "The network is not trained from scratch: its softmax takes one class an image.",
            PretrainingText.LeftOut(overlaps, threshold),
        ];
        string[] text = [.. lines.OfType<string>()];
        using var folder = context.Group.Rank > 0 ? null : new RunStudy("Transfer", trained.WeightsHash, threshold, seed, text).Open<ObjectRow>(
            context, opened, Method, $"{seed}", string.Join('+', layers.Select(layer => layer.Name)), $"{kind}");

        var study = new ObjectStudy(task, folder, log, context.Group);
        var rows = new List<ObjectRow>(Measure(trained, source.Run is null ? RunNames.Untrained : "pretrained"));
        if (source.Run is not null)
        {
            using var network = OpenedRun.Untrained(source.Entry, task.Classes.Count, seed);
            network.to(opened.Device);
            rows.AddRange(Measure(new(network, images, opened.Data.Hash, opened.Preprocessor), RunNames.Untrained));
        }
        warnings.Gather(context.Group);
        if (folder is null)
            return 0;
        var files = new ObjectFiles(folder.Path, rows);
        files.Write($"{info.Name}  ·  {AnalysisKinds.Transfer.Title} to {task.Classes.Count} classes of objects", text, overlaps, warnings.All);
        folder.Finish();
        foreach (var line in TextTable.Lines(files.Table[0], "l" + new string('r', files.Table[0].Length - 1), files.Table.Skip(1)))
            log.Say(line);
        log.Say($"average precision in %; the paper's is of another network and the hidden test images; precision.png, precision.svg, table.csv, rows.csv and study.json in {folder.Path}");
        return 0;

        IReadOnlyList<ObjectRow> Measure(FeatureSource features, string network)
        {
            var all = LayerFeatures.Open(features, layers, [.. task.Train, .. task.Test], featureFolder, log, context.Group, context.Stop);
            try
            {
                return study.Run(new FixedFeatures(all, kind, log, network).Name, all, kind, context.Stop);
            }
            finally
            {
                foreach (var layer in all)
                    layer.Dispose();
            }
        }
    }
}
