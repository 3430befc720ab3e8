using TorchSharp;
using ZfDecl.Data;
using ZfDecl.Networks;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Cli;

/// <summary>A network opened to be looked at: its weights on the device, the images it is shown, and what makes its inputs of them.</summary>
/// <param name="Source">The run.</param>
/// <param name="Network">The network, in evaluation mode, on the device that the user has chosen; owned by this record.</param>
/// <param name="Data">The images; owned by this record.</param>
/// <param name="Split">The part of them that the user has chosen: <c>validation</c> or <c>train</c>.</param>
/// <param name="Preprocessor">Makes inputs of images.</param>
/// <param name="Device">Where the network is.</param>
internal sealed record OpenedRun(TrainedRun Source, ConvNet Network, ImageData Data, string Split, Preprocessor Preprocessor, Device Device) : IDisposable
{
    /// <summary>The name of the split that is both parts.</summary>
    public const string WholeSet = "all";

    /// <summary>The images of the chosen split, which is one of the two.</summary>
    public ImageSet Images => Split == "train" ? Data.Train : Data.Validation;

    /// <summary>The names of the classes that the network tells apart, as far as they are known.</summary>
    public IReadOnlyList<string> Classes => Data.Objects is { } objects ? Source.Run?.Record.Classes ?? objects.Classes : Images.Classes;

    /// <summary>
    /// Opens a run with the settings <c>data</c>, <c>split</c> and <c>device</c>; all settings are then reported, so a verb asks for its own before.
    /// </summary>
    /// <param name="context">What the user has set.</param>
    /// <param name="source">The run.</param>
    /// <param name="split">The part of the images, where it is not the user's to choose.</param>
    /// <param name="whole">Whether the user may choose <see cref="WholeSet"/> as well.</param>
    /// <param name="several">Whether images that hold objects of several classes will do.</param>
    /// <returns>The opened run; the caller disposes it.</returns>
    public static OpenedRun Open(RunContext context, TrainedRun source, string? split = null, bool whole = false, bool several = false)
    {
        var (settings, log, info) = (context.Settings, context.Log, source.Entry.Info);
        var recipe = info.Recipe;
        split ??= settings.Choice("split", "validation", whole ? ["validation", "train", WholeSet] : ["validation", "train"]);
        var folder = source.Data(context);
        // Another data set has other classes than those that the run was trained on.
        var classes = context.Classes(settings.IsGiven("data") ? null : source.Run?.Record.Setting("classes"));
        var listRoot = context.ListRoot(settings.IsGiven("data") ? null : source.Run?.Record.Setting("root"));
        var device = context.Device();
        var seed = source.Run?.Record.Seed ?? settings.WholeNumber("seed", 1, min: 0);
        settings.Report(log);

        var data = ImageFolder.Open(folder, info.Input, recipe.Preprocess, seed, log, root: listRoot).Only(classes, several);
        try
        {
            log.Say($"{folder}: {data.Description}");
            if (source.Run is { } run && data.Hash != run.Record.DataHash)
                log.Say("these are other images than the run was trained on");
            var statistics = source.Run?.Statistics ?? context.StatisticsCache().Of(data, info.Input, log);
            var network = source.Run?.LoadNetwork(source.Entry, log) ?? Untrained(source.Entry, (data.Objects?.Classes ?? data.Train.Classes).Count, seed);
            network.to(device);
            return new(source, network, data, split, new(info.Input, data.Train.Shape, recipe.Preprocess, statistics), device);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>The network with the weights that a training would start from, in evaluation mode on the CPU; the caller disposes it.</summary>
    public static ConvNet Untrained(NetworkEntry entry, int classes, int seed)
    {
        random.manual_seed(seed);
        var network = entry.Create(classes);
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
