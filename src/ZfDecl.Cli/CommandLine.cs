using System.CommandLine;
using ZfDecl.Cli.Commands;

namespace ZfDecl.Cli;

/// <summary>What the host understands: its verbs, and the settings that every one of them accepts.</summary>
internal static class CommandLine
{
    // A verb, a line.
    private static readonly Verb[] Verbs =
    [
        new("train", "Trains a network.", TrainCommand.Run),
        new("evaluate", "Measures how well a trained network classifies images.", EvaluateCommand.Run),
        new("visualize", "Shows what the feature maps of a trained network respond to.", VisualizeCommand.Run),
        new("evolve", "Shows how what feature maps respond to changed during training.", EvolveCommand.Run),
        new("invariance", "Measures what moving, enlarging and turning images does to features.", InvarianceCommand.Run),
        new("correspond", "Measures whether the same parts of different images correspond in a network.", CorrespondCommand.Run),
        new("diagnose", "Finds dead, dominant and aliased filters.", DiagnoseCommand.Run),
        new("merge-shards", "Joins the parts of a divided search and makes its pictures.", VisualizeCommand.Merge),
        new("project", "Projects units of one image down to its pixels.", ProjectCommand.Run),
        new("occlude", "Covers images place by place, and shows what the network makes of them.", OccludeCommand.Run),
        new("trust", "Measures how far the pictures of a network show what it looks at.", TrustCommand.Run),
        new("snapshot-test", "Compares the pictures of a run with the approved ones.", SnapshotTestCommand.Run),
        new("approve", "Approves the pictures of a run.", ApproveCommand.Run),
        new("report", "Makes one page of all that a run has left.", ReportCommand.Run),
        new("transfer", "Tries a trained network on other classes with few images.", TransferCommand.Run),
        new("analyze-features", "Compares the layers of a trained network as features.", AnalyzeFeaturesCommand.Run),
        new("ablate", "Trains the networks of a study, and compares them.", AblateCommand.Run),
        new("sweep", "Trains with every combination of some settings, and compares them.", SweepCommand.Run),
        new("list", "Lists the declared networks.", ListCommand.Run),
    ];

    // Texts, all of them: what a value must be, and how an error names it, is decided in Settings.
    private static readonly (string Name, string Description)[] SettingNames =
    [
        ("spec", "The network: its class or its spec file."),
        ("run", "The name of the run."),
        ("data", "The folder of images."),
        ("root", "The folder, besides its own, that the paths in a list may lie below."),
        ("classes", "The classes of the data: names, numbers and ranges."),
        ("holdout", "The share of the training images that validates, so that the validation images of the data are held out."),
        ("device", "cpu or cuda."),
        ("threads", "Threads that tensors are computed with."),
        ("seed", "The seed of everything random."),
        ("epochs", "Passes over the training set."),
        ("batch", "Images in a minibatch."),
        ("artifacts", "The folder that runs are kept in."),
        ("resume", "Whether an unfinished run of that name goes on: yes or no."),
        ("learning-rate", "The peak learning rate."),
        ("momentum", "The share of the last step that is added to this one."),
        ("weight-decay", "The pull of each weight towards 0."),
        ("anneal", "How the learning rate falls: constant, cosine, step or plateau."),
        ("warm-up", "Epochs over which the learning rate rises from 0."),
        ("filter-rms", "The radius that a filter's RMS is scaled back to, or none."),
        ("initial-std", "The standard deviation that weights start with, or he."),
        ("augment", "How training images are varied: none, or flip, shift, random-crop or ten-crops."),
        ("shift", "The largest shift of a training image, in pixels."),
        ("patience", "Epochs without a lower validation error after which a training ends, or none."),
        ("crops", "What Evaluate, Transfer and AnalyzeFeatures see of an image: 1 for its centre, 10 for the average of ten crops."),
        ("layers", "The layers to visualise."),
        ("top", "Strongest activations shown of each feature map."),
        ("split", "The part of the data to look at: validation, train, and of Evaluate test or all."),
        ("maps", "The feature maps to look at."),
        ("images", "The images to look at, or how many."),
        ("parts", "The file of the parts of images."),
        ("against", "Another network, or run of it, to compare with."),
        ("render", "Whether SnapshotTest makes the pictures anew: yes or no."),
        ("layer", "The layer up to which a network stays fixed."),
        ("classifier", "What is put on top of it: softmax or svm."),
        ("per-class", "Training images of each class."),
        ("folds", "How often everything is done, each time with other images."),
        ("scratch", "Whether the network is also trained from scratch: yes or no."),
        ("overlap", "The correlation from which on two images count as the same."),
        ("rule", "How the deconvnet passes a relu."),
        ("unpool", "How the deconvnet passes a max-pooling layer."),
        ("per-image", "Units of one image among the strongest of a map: one or all."),
        ("shard", "The part of a divided search, such as 2/8."),
        ("image", "An image, or several: a file, or a name or number in the split."),
        ("map", "The feature map to project from."),
        ("at", "The unit to project from: its row and column."),
        ("out", "The file that tensors are written to."),
        ("size", "The side of the occluder, in pixels."),
        ("stride", "Pixels from one place of the occluder to the next."),
        ("study", "The study: the name of its file under specs/studies."),
        ("sweep", "Settings with the values to try."),
        ("specs", "The networks to compare."),
        ("runs", "The runs whose probabilities are averaged."),
        ("jobs", "Trainings of a study side by side."),
    ];

    private const string OptionOfRoot = "--list-root";         // --root is the repository's

    private static readonly Option<string>[] SettingOptions =
        [.. SettingNames.Select(setting => new Option<string>(OptionOf(setting.Name)) { Description = setting.Description, Recursive = true })];

    /// <summary>The folder of the repository.</summary>
    public static Option<string> RootFolder { get; } = new("--root")
    {
        Description = "The folder that holds specs and artifacts.",
        DefaultValueFactory = _ => Environment.CurrentDirectory,
        Recursive = true,
    };

    /// <summary>The name of <see cref="UntilInputEnds"/>.</summary>
    public const string UntilInputEndsName = "until-input-ends";

    /// <summary>Whether the end of the standard input asks the verb to save and leave: a process that is started by another ends with it, however that ends.</summary>
    public static Option<bool> UntilInputEnds { get; } = new("--" + UntilInputEndsName) { Hidden = true, Recursive = true };

    /// <summary>The command line, with the verbs tied to what runs them.</summary>
    public static RootCommand Root(Func<Verb, ParseResult, int> run)
    {
        var root = new RootCommand("Trains, visualises and checks the networks declared under specs/.");
        root.Options.Add(RootFolder);
        root.Options.Add(UntilInputEnds);
        foreach (var option in SettingOptions)
            root.Options.Add(option);
        foreach (var verb in Verbs)
        {
            var command = new Command(verb.Name, verb.Summary);
            command.SetAction(parsed => run(verb, parsed));
            root.Subcommands.Add(command);
        }
        return root;
    }

    /// <summary>The option that gives a setting.</summary>
    public static string OptionOf(string setting) => setting == "root" ? OptionOfRoot : "--" + setting;

    /// <summary>The settings that a command line gives, by name.</summary>
    public static Dictionary<string, string> Given(ParseResult parsed) =>
        SettingOptions.Where(option => !string.IsNullOrEmpty(parsed.GetValue(option))).ToDictionary(option => option.Name == OptionOfRoot ? "root" : option.Name[2..], option => parsed.GetValue(option)!);
}
