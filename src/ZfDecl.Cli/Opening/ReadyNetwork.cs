using TorchSharp;
using ZfDecl.Cli.Configuration;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Layouts;
using ZfDecl.Networks;

namespace ZfDecl.Cli.Opening;

/// <summary>A network with its weights, ready to be shown pictures: those of a run need no data beside them.</summary>
/// <param name="Source">The run.</param>
/// <param name="Network">The network, in evaluation mode, on the device that the user has chosen; owned by this record.</param>
/// <param name="Device">Where the network is.</param>
/// <param name="Data">The run with its data, where these are open; owned by this record.</param>
internal sealed record ReadyNetwork(TrainedRun Source, ConvNet Network, torch.Device Device, OpenedRun? Data) : IDisposable
{
    /// <summary>The names of the classes that the network tells apart, in the order of its outputs: numbers where nobody has named them; none where it tells none apart.</summary>
    public IReadOnlyList<string> Classes => Data?.Classes ?? (Network.Classes == 0 ? [] : Source.Run?.Record.Classes ?? [.. Enumerable.Range(0, Network.Classes).Select(number => $"{number}")]);

    /// <summary>Opens a run without data. The settings are then reported, so a verb asks for its own before.</summary>
    /// <param name="context">What the user has set.</param>
    /// <param name="source">The run; without weights of its own the network begins with those that a training would.</param>
    /// <returns>The network; the caller disposes it.</returns>
    public static ReadyNetwork Open(RunContext context, TrainedRun source)
    {
        var (device, info) = (context.Device(), source.Entry.Info);
        var seed = source.Run is null ? context.Settings.Value(SettingTable.Seed) : 0;
        context.Settings.Report(context.Log);
        var network = source.Run?.LoadNetwork(source.Entry, context.Log) ?? OpenedRun.Untrained(source.Entry, info.Classes, seed);
        network.to(device);
        return new(source, network, device, null);
    }

    /// <summary>Opens a run with its data, as <see cref="OpenedRun"/> does, whatever classes these are of.</summary>
    /// <inheritdoc cref="Open"/>
    public static ReadyNetwork WithData(RunContext context, TrainedRun source)
    {
        var opened = OpenedRun.Open(context, source, several: true);
        return new(source, opened.Network, opened.Device, opened);
    }

    /// <summary>What makes inputs of decoded pictures. The network is one of a run, or its data are open: else nobody knows what is subtracted.</summary>
    public Preprocessor Preprocessor
    {
        get
        {
            var (info, recipe) = (Source.Entry.Info, Source.Entry.Info.Recipe.Preprocess);
            return Data?.Preprocessor ?? new(info.Input, DataRequest.DecodedShape(info.Input, recipe), recipe, Source.Run!.Statistics);
        }
    }

    /// <summary>Frees the network and the images.</summary>
    public void Dispose()
    {
        if (Data is null)
            Network.Dispose();
        else
            Data.Dispose();
    }
}
