using System.Globalization;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Cli.Terminal;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Distributed;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using ZfDecl.Studies.Classifiers;
using ZfDecl.Studies.Transfer;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Transfer</c>: what a pretrained network is worth on other classes with few images, against the same network trained from scratch on these.</summary>
internal static class TransferCommand
{
    /// <summary>What leaves the layer to cross-validation.</summary>
    private const string Auto = "auto";

    private static readonly int[] PerClass = [5, 15, 30, 60];

    public static int Run(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        var source = TrainedRun.Choose(context);
        var info = source.Entry.Info;
        var layers = settings.Value(SettingTable.Layer, Auto) is var name && string.Equals(name, Auto, StringComparison.OrdinalIgnoreCase) ? PaperLayers.Of(info) : [PaperLayers.Named(info, name)];
        var data = ImageFolder.Recognize(source.Data(context));
        // One against all else is the problem that SVMs are made for, and on as many images as PASCAL VOC has they are learned much faster.
        var kind = settings.Value(SettingTable.Classifier, data == KnownDataSet.PascalVoc ? LinearClassifierKind.Svm : LinearClassifierKind.Softmax);
        if (data == KnownDataSet.PascalVoc)
            return ObjectTransfer.Run(context, source, layers, kind);
        // Without a layer of scores there is nothing to train.
        var scratch = settings.Value(SettingTable.Scratch, info.Classes > 0);
        if (scratch)
            info.NeedClasses();
        using var target = TransferTarget.Open(context, source, PublishedAccuracy.PerClass(data, PerClass));
        using var folder = target.OpenStudy("Transfer", $"{string.Join('+', layers.Select(layer => layer.Name))} {kind}");
        var underWay = Path.Combine(WorkSharing.FromFirst(context.Group, [folder?.Path ?? ""])[0], "scratch");
        var methods = new List<IFewShotMethod> { new FixedFeatures(target.OpenFeatures(layers), kind, log, source.Run is null ? "untrained" : "pretrained") };
        if (source.Run is not null)
            methods.Add(new FixedFeatures(target.OpenUntrainedFeatures(layers), kind, log, "untrained"));
        if (scratch)
            methods.Add(new FromScratch(source.Entry, target.Images, target.Device, underWay, target.Crops));

        var rows = new FewShotStudy(target.Protocol, methods, folder, log, context.Group).Run(context.Stop);
        var warnings = target.Warnings();
        if (folder is null)
            return 0;
        var files = new FewShotFiles(folder.Path, rows, target.Overlaps, warnings)
        {
            Classes = target.Protocol.Classes.Count,
            Published = cell => cell.Method == methods[0].Name && source.Run is not null ? PublishedAccuracy.OfTransfer(data, pretrained: true, cell.PerClass)
                : scratch && cell.Method == methods[^1].Name ? PublishedAccuracy.OfTransfer(data, pretrained: false, cell.PerClass) : null,
        };
        string?[] text = [.. target.Text, target.PaperText("Tables 4 and 5"), source.Run is null ? null : TransferTarget.UntrainedCaption, layers.Count > 1 ? ChosenLayer : null, scratch ? Control(info) + (target.Features.CropCount > 1 ? " Its answers are averaged over the same crops." : "") : null];
        files.WriteTransfer($"{info.Name}  ·  {AnalysisKinds.Transfer.Title} to {target.Protocol.Classes.Count} classes", [.. text.OfType<string>()]);
        folder.Finish();
        if (Directory.Exists(underWay))
            AtomicFile.DeleteFolder(underWay);
        IFewShotMethod[] published = [.. methods.Where(method => files.Cells.Any(cell => cell.Method == method.Name && files.Published(cell) is not null))];
        foreach (var line in TextTable.Lines(["images per class", .. methods.Select(method => method.Name), .. published.Select(method => $"paper: {(method is FixedFeatures ? "pretrained" : method.Name)}")], "r" + new string('r', methods.Count + published.Length), target.Protocol.PerClass.Select(perClass => (string[])
            [perClass.ToString(CultureInfo.InvariantCulture), .. methods.Select(method => Cell(files, method.Name, perClass)), .. published.Select(method => Paper(files, method.Name, perClass))])))
            log.Say(line);
        foreach (var difference in files.Differences)
            log.Say($"{difference.Method} against {difference.Against}, {difference.PerClass} a class: {difference}");
        log.Say($"mean per-class accuracy in % over {target.Protocol.Folds} folds; accuracy.png, accuracy.svg, table.csv, differences.csv, rows.csv and study.json in {folder.Path}");
        return 0;
    }

    /// <summary>A cell of a table, as the paper prints it.</summary>
    public static string Cell(FewShotFiles files, string method, int perClass) => files.Cells.First(cell => cell.Method == method && cell.PerClass == perClass).ToString();

    /// <summary>What the paper has for a cell of a table; empty where it has nothing.</summary>
    public static string Paper(FewShotFiles files, string method, int perClass) => files.Published(files.Cells.First(cell => cell.Method == method && cell.PerClass == perClass))?.ToString() ?? "";

    private const string ChosenLayer = "The layer whose features are used is chosen by cross-validation within the training images of each row (rows.csv says which), of all that feed a layer of weights.";

    private static string Control(NetworkInfo info) => string.Create(CultureInfo.InvariantCulture,
        $"From scratch: {info.Name} trained on the same images, varied as its spec says ({Augmentation(info.Recipe.Preprocess)}), by the recipe of its spec until it has taken {FromScratch.FewestSteps:N0} steps and seen each image {FromScratch.FewestPasses} times, with a rate of {info.Recipe.Train.LearningRate} that falls by a cosine; a tenth of it where that diverges or leaves the training images unlearned.");

    private static string Augmentation(PreprocessRecipe recipe) => recipe.Augment.ToString().ToLowerInvariant();
}
