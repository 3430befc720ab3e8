using TorchSharp;
using ZfDecl.Cli.Configuration;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Training;
using ZfDecl.Training.DataParallel;
using static TorchSharp.torch;

namespace ZfDecl.Cli.Opening;

/// <summary>A network opened to be looked at: its weights on the device, the images it is shown, and what makes its inputs of them.</summary>
/// <param name="Source">The run.</param>
/// <param name="Network">The network, in evaluation mode, on the device that the user has chosen; owned by this record.</param>
/// <param name="Data">The images; owned by this record.</param>
/// <param name="Split">The part of them that the user has chosen: <c>validation</c>, <c>train</c>, <c>test</c> or <see cref="Splits.All"/>.</param>
/// <param name="Preprocessor">Makes inputs of images.</param>
/// <param name="Device">Where the network is.</param>
internal sealed record OpenedRun(TrainedRun Source, ConvNet Network, ImageData Data, string Split, Preprocessor Preprocessor, Device Device) : IDisposable
{
    /// <summary>The images of the chosen split, which is not <see cref="Splits.All"/>.</summary>
    public ImageSet Images => Split switch
    {
        Splits.Train => Data.Train,
        Splits.HeldOut => Data.HeldOut,
        _ => Data.Validation,
    };

    /// <summary>The names of the classes that the network tells apart, in the order of its outputs.</summary>
    public IReadOnlyList<string> Classes => Source.Entry.Info.Classes == 0 ? [] : Source.ClassesOn(Data);

    /// <summary>
    /// Opens a run with the settings <c>data</c>, <c>split</c> and <c>device</c>; all settings are then reported, so a verb asks for its own before.
    /// </summary>
    /// <param name="context">What the user has set.</param>
    /// <param name="source">The run.</param>
    /// <param name="split">The part of the images, where it is not the user's to choose.</param>
    /// <param name="whole">Whether the user may choose <see cref="Splits.All"/> and the test images that are held out as well.</param>
    /// <param name="several">Whether images that hold objects of several classes will do.</param>
    /// <param name="otherClasses">
    /// Whether the images may be of any classes, and keep their own labels, because the verb shows none of the network's. Otherwise a label is an output of the
    /// network, or <see cref="ImageSet.Unknown"/>.
    /// </param>
    /// <returns>The opened run; the caller disposes it.</returns>
    /// <exception cref="ZfDeclException">ZF1480: the network knows none of the classes of the images.</exception>
    public static OpenedRun Open(RunContext context, TrainedRun source, string? split = null, bool whole = false, bool several = false, bool otherClasses = false)
    {
        var (settings, log, info) = (context.Settings, context.Log, source.Entry.Info);
        var recipe = info.Recipe;
        split ??= settings.Value(whole ? SettingTable.SplitOrAll : SettingTable.Split);
        var folder = source.Data(context);
        // Another data set may have other classes than those that the run was trained on.
        var own = settings.IsGiven(SettingTable.Data) || settings.IsGiven(SettingTable.Classes) ? null : source.Run?.Record;
        var classes = context.Classes(own?.Setting("classes"));
        var holdout = context.Holdout(source.Holdout(context, folder));
        var listRoot = context.ListRoot(settings.IsGiven(SettingTable.Data) ? null : source.Run?.Record.Setting("root"));
        var device = context.Device();
        var seed = source.Run?.Record.Seed ?? settings.Value(SettingTable.Seed);
        settings.Report(log);

        var opened = ImageFolder.Open(folder, new(info.Input, recipe.Preprocess, seed, log) { Holdout = holdout, Fold = holdout is null ? source.Fold(context, folder) : null, ListRoot = listRoot });
        var data = own is null ? opened.Only(classes, several) : own.Select(opened, several);
        try
        {
            log.Say($"{folder}: {data.Description}");
            if (split == Splits.HeldOut)
                _ = data.HeldOut;
            if (source.Run is { Record.Imported: null } run && data.Hash != run.Record.DataHash)
                log.Say("these are other images than the run was trained on");
            if (!otherClasses && (info.Classes > 0 || !several))
                data = Mapped(context, source, data, needsShared: whole);
            var statistics = source.Run?.Statistics ?? context.StatisticsCache().Of(data, info.Input, log, context.Group);
            var network = source.Run?.LoadNetwork(source.Entry, log) ?? Untrained(source.Entry, source.ClassesOn(data).Count, seed);
            network.to(device);
            return new(source, network, data, split, new(info.Input, data.Train.Shape, recipe.Preprocess, statistics), device);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Checks that all ranks look at the same network and images; collective.</summary>
    /// <exception cref="ZfDeclException">ZF1567: a rank has others.</exception>
    public void CheckRanks(RunContext context)
    {
        if (!context.Group.IsAlone)
            RankAgreement.Check(context.Group, ("spec", Source.Entry.Info.SpecHash), ("hash of the weights", Source.Run is { } run ? RegularFile.Sha256(run.WeightsPath) : ""), ("hash of the images", Data.Hash));
    }

    /// <summary>The images under the labels of the network, and a word on those that it does not know.</summary>
    private static ImageData Mapped(RunContext context, TrainedRun source, ImageData data, bool needsShared)
    {
        source.Entry.Info.NeedClasses();
        var mapping = data.MapTo(source.ClassesOn(data));
        // A network that was imported is looked at with whatever images somebody has.
        if (data.Objects is null && (needsShared || mapping.Shared.Count > 0 || source.Run?.Record.Imported is null))
            mapping.Check($"run '{source.Name}' of {source.Entry.Info.Name}", context.Log, mapping.Shared.Count > 0 ? null : context.CommandForOwn(source.Entry.Info.Name, source.Run?.Record));
        return data.LabelledBy(mapping);
    }

    /// <summary>The network with the weights that a training would start from, in evaluation mode on the CPU; the caller disposes it.</summary>
    public static ConvNet Untrained(NetworkEntry entry, int classes, int seed)
    {
        random.manual_seed(seed);
        var network = entry.Create(entry.Info.Classes == 0 ? 0 : classes);
        Initialization.Apply(network, entry.Info.Recipe.Train.InitialStd);
        network.eval();
        return network;
    }

    /// <summary>Frees the network and the images.</summary>
    public void Dispose()
    {
        Network.Dispose();
        Data.Dispose();
    }
}
