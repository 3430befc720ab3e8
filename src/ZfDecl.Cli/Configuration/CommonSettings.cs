using ZfDecl.Analyses.Occlude;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Generators.Language;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;
using static TorchSharp.torch;

namespace ZfDecl.Cli.Configuration;

/// <summary>The settings that several verbs ask for, each asked in one way.</summary>
internal static class CommonSettings
{
    /// <summary>The network that comes with its data.</summary>
    public const string DefaultSpec = NetworkCatalog.WithData;

    private const string ForPictures = "Pictures";

    /// <summary>The name of a run that the user has not named.</summary>
    public const string DefaultRun = "default";

    /// <summary>
    /// The network of every verb: the one that is named; else the only one there is; else, for data that is named, the one whose spec names it, or for pictures the one
    /// for any of them; else the one that comes with its data. A network that is looked at must be there for that: where it has no such run, it is the last.
    /// </summary>
    /// <param name="context">The verb's.</param>
    /// <param name="lookedAt">The name of the run that is looked at; null for a network that is trained.</param>
    /// <exception cref="ZfDeclException">ZF1002: there is none of that name.</exception>
    public static NetworkEntry Network(this RunContext context, string? lookedAt = null)
    {
        if (context.Settings.IsGiven(SettingTable.Spec))
            return context.Networks.Find(context.Settings.Value(SettingTable.Spec, ""));
        var standard = context.Networks.All is [var only] ? only.Info.Name
            : Suiting(context) is { } suiting && (lookedAt is null || IsThere(context, suiting, lookedAt)) ? suiting : Usual(context.Networks);
        if (standard == ForPictures)
            context.Log.Say($"these are pictures of any size, so the network is {ForPictures}; name another with -p:Spec=…");
        return context.Networks.Find(context.Settings.Value(SettingTable.Spec, standard));
    }

    private static string Usual(NetworkCatalog networks) => networks.Default ?? (networks.All.Count == 0 ? DefaultSpec
        : throw new ZfDeclException("ZF1704", $"several networks are declared; name one of them with `spec`: {string.Join(", ", networks.All.Select(entry => entry.Info.Name))}"));

    /// <summary>A network for data that the user names without naming a network; null for none.</summary>
    private static string? Suiting(RunContext context)
    {
        if (NamedData(context) is not { } data)
            return null;
        var own = context.Networks.All.Where(entry => SpecData(context, entry.Info) == data).OrderBy(entry => entry.Info.Name != DefaultSpec).FirstOrDefault()?.Info.Name;
        return own is not null || !ImageFolder.Exists(data) || ImageFolder.IsIdx(data) || context.Networks.All.All(entry => entry.Info.Name != ForPictures) ? own : ForPictures;
    }

    /// <summary>The images that the user has named; null for none.</summary>
    private static string? NamedData(RunContext context) =>
        context.Settings.IsGiven(SettingTable.Data) ? context.Settings.FilePath(SettingTable.Data, null, words: ImageFolder.BuiltIn) : null;

    private static bool IsThere(RunContext context, string spec, string run) => run == RunNames.Untrained
        || Directory.Exists(RunDirectory.PathOf(context.Artifacts(), spec, run))
        || (run == RunNames.Shipped || !context.Settings.IsGiven(SettingTable.Run)) && Directory.Exists(context.ShippedWeights(spec));

    /// <summary>Where the repository keeps weights of a network, if it has some.</summary>
    public static string ShippedWeights(this RunContext context, string spec) => Path.Combine(context.Specs, "weights", spec);

    /// <summary>The name of the run.</summary>
    public static string RunName(this RunContext context) => context.Settings.Value(SettingTable.Run);

    /// <summary>The folder that runs are kept in, as a full path.</summary>
    public static string Artifacts(this RunContext context) => context.Settings.FilePath(SettingTable.Artifacts, Path.Combine(context.Root, context.Networks.Artifacts))!;

    /// <summary>The statistics of training images that earlier runs have measured.</summary>
    public static StatisticsCache StatisticsCache(this RunContext context) => new(Path.Combine(context.Artifacts(), ".cache"));

    /// <summary>The folder of images: the one that is named, else the one of the spec.</summary>
    /// <exception cref="ZfDeclException">ZF1004: neither names one.</exception>
    public static string Data(this RunContext context, NetworkInfo info) =>
        context.Settings.FilePath(SettingTable.Data, SpecData(context, info), info.Recipe.Data is null ? SettingOrigin.Default : SettingOrigin.Spec, ImageFolder.BuiltIn)
        ?? throw new ZfDeclException("ZF1004", $"the spec of '{info.Name}' names no data; give the folder of your images with -p:Data=<folder>, or write 'data: <folder>' into the spec; -p:Data=shapes needs no files", info.SpecFile);

    /// <summary>The classes of the data that are looked at; null for all. It is asked for, and shown, only where somebody has named some.</summary>
    /// <param name="context">The verb's.</param>
    /// <param name="value">Those of the run that is looked at; null for all.</param>
    public static string? Classes(this RunContext context, string? value = null) =>
        value is null && !context.Settings.IsGiven(SettingTable.Classes) ? null : context.Settings.Value(SettingTable.Classes, value ?? "", SettingOrigin.Run);

    /// <summary>
    /// The share of the training images that validates instead of the validation images that the data has; null where nobody has said. It is asked for, and shown, only
    /// where somebody has named one.
    /// </summary>
    /// <param name="context">The verb's.</param>
    /// <param name="value">That of the run that is looked at; null for none.</param>
    public static double? Holdout(this RunContext context, double? value = null) =>
        value is null && !context.Settings.IsGiven(SettingTable.Holdout) ? null : context.Settings.Value(SettingTable.Holdout, value ?? 0, SettingOrigin.Run);

    /// <summary>The fold of the training images that validates; null where the user divides them into none.</summary>
    /// <param name="context">Train's.</param>
    public static DataFold? Fold(this RunContext context)
    {
        if (!context.Settings.IsGiven(SettingTable.Fold))
            return null;
        var (number, count) = (context.Settings.Value(SettingTable.Fold, 1), context.Settings.Value(SettingTable.TrainingFolds, 1));
        if (number > count || count < 2)
            context.Settings.Fault(SettingTable.Fold, $"{(count > 1 ? $"there are {count} folds" : "of how many folds? Give their number with -p:Folds=…")}");
        if (context.Settings.IsGiven(SettingTable.Holdout))
            context.Settings.Fault(SettingTable.Holdout, "a fold validates; leave one of both out");
        return new(number, count);
    }

    /// <summary>The folder, besides a list's own, that the paths in it may lie below, as a full path; null for none. It is asked for, and shown, only where somebody has named one.</summary>
    /// <param name="context">The verb's.</param>
    /// <param name="value">That of the run that is looked at, as its record has it; null for none.</param>
    public static string? ListRoot(this RunContext context, string? value = null) =>
        value is null && !context.Settings.IsGiven(SettingTable.Root) ? null : context.Settings.FilePath(SettingTable.Root, value is null ? null : Path.GetFullPath(Path.Combine(context.Root, value)), SettingOrigin.Run);

    /// <summary>The device that tensors live on; its threads are fixed as well.</summary>
    /// <exception cref="ZfDeclException">ZF1005: there is no CUDA here.</exception>
    public static Device Device(this RunContext context)
    {
        var name = context.Settings.Value(SettingTable.Device);
        set_num_threads(context.Settings.Value(SettingTable.Threads, context.Group.IsAlone ? get_num_threads() : LaunchedGroup.Threads(context.Group)));
        LaunchedGroup.AskFor(context.Settings);
        if (name == "cuda" && !cuda.is_available())
            throw new ZfDeclException("ZF1005", "-p:Device=cuda: libtorch finds no CUDA device; a build for one is made with -p:TorchBackend=cuda, and the machine needs an NVIDIA driver");
        // Untested for want of a machine with several: each rank of a host has a device of its own, as far as there are some.
        return name == "cuda" && !context.Group.IsAlone ? device(name, LaunchedGroup.NumberOnHost(context.Group) % cuda.device_count()) : device(name);
    }

    /// <summary>The positions that an occluder takes on an image.</summary>
    /// <param name="context">The verb's.</param>
    /// <param name="size">Its side, where the user gives none.</param>
    /// <param name="stride">Its step, where the user gives none.</param>
    /// <param name="input">The shape of the image.</param>
    public static OccluderGrid Occluder(this RunContext context, int size, int stride, FeatureShape input)
    {
        return new(input,
            AtMost(SettingTable.Size, size, Math.Min(input.Height, input.Width)),
            AtMost(SettingTable.Stride, stride, Math.Max(input.Height, input.Width)));

        int AtMost(Key<int> key, int usual, int most)
        {
            var value = context.Settings.Value(key, usual);
            if (value <= most)
                return value;
            context.Settings.Fault(key, $"allowed is 1 … {most} on an image of {input.Height}×{input.Width}");
            return usual;
        }
    }

    /// <summary>The rules that the deconvnet follows.</summary>
    public static DeconvnetOptions Rules(this RunContext context) => new()
    {
        Relu = context.Settings.Value(SettingTable.Rule),
        Unpool = context.Settings.Value(SettingTable.Unpool),
    };

    /// <summary>The images that a run was trained on: a folder or list, as a full path, or the name of a built-in set; null where its record does not say.</summary>
    public static string? TrainedOn(this RunContext context, RunRecord? run) =>
        run?.Setting("data") is not { } data || ImageFolder.BuiltIn.Contains(data) ? run?.Setting("data") : Path.GetFullPath(Path.Combine(context.Root, data));

    /// <summary>
    /// The command that trains a network for the images that the user has named without naming a network, where the network for these has no run, so that another
    /// one is looked at, which was trained on other images; null otherwise.
    /// </summary>
    /// <param name="context">The verb's.</param>
    /// <param name="spec">The network that is looked at.</param>
    /// <param name="run">Its run; null for none.</param>
    public static string? CommandForOwn(this RunContext context, string spec, RunRecord? run) =>
        !context.Settings.IsGiven(SettingTable.Spec) && Suiting(context) is { } suiting && suiting != spec && context.TrainedOn(run) != NamedData(context)
            ? context.Command("Train", "data") : null;

    /// <summary>Warns (ZF1197) where there is a <see cref="CommandForOwn"/>: for verbs that show whatever images they are given, without a word on the network's classes.</summary>
    public static void WarnOfOtherNetwork(this RunContext context, string spec, RunRecord? run)
    {
        if (context.CommandForOwn(spec, run) is { } command)
            context.Log.Warn("ZF1197", $"there is no such run of {Suiting(context)}, so this is {spec}, a network that was not made for these images; make one for them with: {command}", NamedData(context));
    }

    private static string? SpecData(RunContext context, NetworkInfo info) =>
        info.Recipe.Data is not { } data ? null : ImageFolder.BuiltIn.Contains(data) ? data : Path.GetFullPath(Path.Combine(context.Root, Path.GetDirectoryName(info.SpecFile) ?? "", data));
}
