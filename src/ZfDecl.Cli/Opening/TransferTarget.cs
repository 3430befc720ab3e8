using TorchSharp;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Terminal;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Networks;
using ZfDecl.Studies.Comparison;
using ZfDecl.Studies.Transfer;

namespace ZfDecl.Cli.Opening;

/// <summary>A pretrained network, and the images of other classes that its features are tried on: what Transfer and AnalyzeFeatures have in common.</summary>
internal sealed class TransferTarget : IDisposable
{
    /// <summary>What the control with random weights is.</summary>
    internal const string UntrainedCaption = "Untrained features: those of the same network with the weights that a training would start from. What the pretraining adds is the difference.";

    private readonly RunContext context;
    private readonly OpenedRun opened;
    private readonly FewShotOptions options;
    private readonly double threshold;
    private readonly HeardWarnings warnings;
    private readonly List<LayerFeatures> features = [];

    private TransferTarget(RunContext context, OpenedRun opened, FewShotOptions options, double threshold, EvaluationCrops crops, HeardWarnings warnings)
    {
        (this.context, this.opened, this.options, this.threshold, Crops, this.warnings) = (context, opened, options, threshold, crops, warnings);
        if (context.Group.Rank == 0)
            warnings.KeepIn(Path.Combine(FeatureFolder, $"damaged-{opened.Data.Hash[..16]}.json"));
        Images = new ConcatImageSet(opened.Data);
        Features = new(opened.Network, Images, opened.Data.Hash, opened.Preprocessor, crops);
        Overlaps = new PretrainingOverlap(context, Source, FeatureFolder).Find(Images, opened.Data.Hash, threshold);
        Protocol = new(Images, Overlaps.Select(overlap => overlap.Image).ToHashSet(), options, context.Log);
        if (Familiar is { } familiar)
            context.Log.Say(familiar);
    }

    /// <summary>The run that is studied.</summary>
    public TrainedRun Source => opened.Source;

    /// <summary>All images of the target, its training and validation images together.</summary>
    public ImageSet Images { get; }

    /// <summary>What features are made of.</summary>
    public FeatureSource Features { get; }

    /// <summary>What is seen of an image.</summary>
    public EvaluationCrops Crops { get; }

    /// <summary>The images that are left out, because the network was pretrained on them.</summary>
    public IReadOnlyList<Overlap> Overlaps { get; }

    /// <summary>Which images each fold has.</summary>
    public FewShotProtocol Protocol { get; }

    /// <summary>What was left out or went wrong so far, on any rank; collective.</summary>
    public IReadOnlyList<string> Warnings()
    {
        warnings.Gather(context.Group);
        return warnings.All;
    }

    private string FeatureFolder => Path.Combine(Source.Folder, "features");

    /// <summary>Where the network is.</summary>
    public torch.Device Device => opened.Network.parameters().FirstOrDefault()?.device ?? torch.CPU;

    /// <summary>The published data set that the images are; null for none.</summary>
    public KnownDataSet? Known => opened.Data.Known;

    /// <summary>What must be known of the paper's figures beside one's own; null where there are none.</summary>
    /// <param name="table">Where in the paper they stand.</param>
    public string? PaperText(string table) => Known switch
    {
        KnownDataSet.Caltech101 => PaperText(table, "Caltech-101", 101),
        KnownDataSet.Caltech256 => PaperText(table, "Caltech-256", 256),
        _ => null,
    };

    private string PaperText(string table, string data, int classes) => $"The paper's figures ({table}) are of {data} with {classes} categories and a network pretrained on ImageNet; here {Protocol.Classes.Count} classes take part.";

    /// <summary>What was done, for the report.</summary>
    public IReadOnlyList<string> Text => [.. new string?[]
    {
        $"{Source.Entry.Info.Name}, {Source.Weights}, on {opened.Data.Description}. Protocol of Zeiler & Fergus 2014, §5.2: {Protocol.Classes.Count} classes, {Protocol.Folds} folds, "
        + $"at most {options.MostTestImages} test images per class ({Protocol.TestImages:N0} in all), drawn from all images by seed {options.Seed}; mean per-class accuracy ± standard deviation over the folds.",
        Features.CropCount > 1 ? $"Features are averaged over {(Features.CropCount == 2 ? "an image and its mirror image" : "ten crops of an image")}." : null,
        "Features are brought to length 1, centred, and given to an L2-regularised linear classifier, whose C is chosen by 5-fold cross-validation within the training images; 10 where these are fewer than 15 a class.",
        Familiar,
        PretrainingText.LeftOut(Overlaps, threshold),
    }.OfType<string>()];

    /// <summary>Which of the classes are the network's own; null where there is none.</summary>
    private string? Familiar => PretrainingText.Familiar(Protocol.Classes, Source.Run?.Record.Classes);

    /// <summary>Opens the network and the images with the settings that both verbs have; the verb asks for its own before.</summary>
    /// <param name="context">The verb's.</param>
    /// <param name="source">The run.</param>
    /// <param name="perClass">Training images per class, where the user gives none.</param>
    /// <returns>The target; the caller disposes it.</returns>
    public static TransferTarget Open(RunContext context, TrainedRun source, IReadOnlyList<int> perClass)
    {
        var settings = context.Settings;
        var options = new FewShotOptions
        {
            PerClass = settings.Value(SettingTable.PerClass, new(perClass)),
            Folds = settings.Value(SettingTable.Folds),
            Seed = settings.Value(SettingTable.Seed),
        };
        var threshold = settings.Value(SettingTable.Overlap);
        var crops = settings.Value(SettingTable.Crops);
        var warnings = new HeardWarnings(context.Log);
        OpenedRun? opened = null;
        try
        {
            opened = OpenedRun.Open(context, source, split: "train", otherClasses: true);
            opened.CheckRanks(context);
            context.NeedShared(source.Folder);
            return new(context, opened, options, threshold, crops, warnings);
        }
        catch
        {
            warnings.Dispose();
            opened?.Dispose();
            throw;
        }
    }

    /// <summary>The features of all images that the protocol draws, at some layers; freed with the target.</summary>
    public IReadOnlyList<LayerFeatures> OpenFeatures(IReadOnlyList<LayerInfo> layers) => OpenFeatures(Features, layers);

    /// <summary>The same of the network with the weights that a training would start from: what the pretraining adds is the difference.</summary>
    public IReadOnlyList<LayerFeatures> OpenUntrainedFeatures(IReadOnlyList<LayerInfo> layers)
    {
        using var network = OpenedRun.Untrained(Source.Entry, Images.Classes.Count, options.Seed);
        network.to(Device);
        return OpenFeatures(new(network, Images, opened.Data.Hash, opened.Preprocessor, Crops), layers);
    }

    private IReadOnlyList<LayerFeatures> OpenFeatures(FeatureSource source, IReadOnlyList<LayerInfo> layers)
    {
        var all = LayerFeatures.Open(source, layers, Protocol.Drawn(), FeatureFolder, context.Log, context.Group, context.Stop);
        features.AddRange(all);
        return all;
    }

    /// <summary>Opens the study's folder, <c>{verb}/{data}-{hash}</c> below the run's: another one for each network, data, protocol and what else decides the numbers.</summary>
    /// <param name="verb">For example <c>Transfer</c>.</param>
    /// <param name="decides">What else decides the numbers.</param>
    /// <returns>The folder; null on all ranks but rank 0, which keeps it.</returns>
    public StudyDirectory<FewShotRow>? OpenStudy(string verb, string decides) => context.Group.Rank > 0 ? null
        : new RunStudy(verb, Features.WeightsHash, threshold, options.Seed, Text).Open<FewShotRow>(
            context, opened, "method 5", $"{Crops}", string.Join('+', Protocol.PerClass), $"{options.MostTestImages} {options.Seed}", decides);

    /// <summary>Frees the network, the images and their features.</summary>
    public void Dispose()
    {
        warnings.Dispose();
        features.ForEach(layer => layer.Dispose());
        opened.Dispose();
    }
}
