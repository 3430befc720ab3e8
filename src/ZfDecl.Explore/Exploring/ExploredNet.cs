using TorchSharp;
using ZfDecl.Cli.Opening;
using ZfDecl.Data.Batching;
using ZfDecl.Explore.Problems;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Explore.Exploring;

/// <summary>A run that is looked at: its network with its best weights and as it was after the epochs that are kept. One thread at a time.</summary>
internal sealed class ExploredNet : IDisposable
{
    private const int MostEpochs = 3;

    private readonly IDisposable owner;
    private readonly LiveWeights best;
    private readonly torch.Device device;
    private readonly RecentlyUsed<int, LiveWeights> after = new(MostEpochs);

    /// <param name="opened">The run with its data; owned from here on.</param>
    public ExploredNet(OpenedRun opened)
        : this(opened.Source, opened, opened.Network, opened.Preprocessor, opened.Device, opened.Classes)
    {
    }

    /// <param name="ready">The run, with data or without; owned from here on.</param>
    public ExploredNet(ReadyNetwork ready)
        : this(ready.Source, ready, ready.Network, ready.Preprocessor, ready.Device, ready.Classes)
    {
    }

    private ExploredNet(TrainedRun source, IDisposable owner, ConvNet network, Preprocessor preprocessor, torch.Device device, IReadOnlyList<string> classes)
    {
        (Source, this.owner, Preprocessor, this.device, Classes) = (source, owner, preprocessor, device, classes);
        best = new(network, isOwner: false);
        Epochs = source.Run is { } run ? EpochSnapshot.Of(run.Path) : [];
        Layers = [.. network.Info.Layers.Select(layer => layer.CreatedFor(network.Classes))];
    }

    /// <summary>The run.</summary>
    public TrainedRun Source { get; }

    /// <summary>The declaration of the network.</summary>
    public NetworkInfo Info => Source.Entry.Info;

    /// <summary>Its layers, with as many classes as it was made for.</summary>
    public IReadOnlyList<LayerInfo> Layers { get; }

    /// <summary>Makes inputs of images.</summary>
    public Preprocessor Preprocessor { get; }

    /// <summary>The names of the classes that it tells apart; none where it tells none.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Its weights as they were after epochs.</summary>
    public IReadOnlyList<EpochSnapshot> Epochs { get; }

    /// <summary>The layer of a name.</summary>
    /// <exception cref="ZfDeclException">ZF1812: there is none.</exception>
    public LayerInfo Layer(string? name) => Layers.FirstOrDefault(layer => string.Equals(layer.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw RequestErrors.NoUnit($"'{Info.Name}' has no such layer; its layers are {string.Join(", ", Layers.Select(layer => layer.Name))}");

    /// <summary>A map that there is.</summary>
    /// <exception cref="ZfDeclException">ZF1812: the layer has no such map.</exception>
    public static int? MapOf(LayerInfo layer, int? map) => map is null || (map >= 0 && map < layer.Output.Maps) ? map
        : throw RequestErrors.NoUnit($"layer '{layer.Name}' has no map {map}; its maps are 0 … {layer.Output.Maps - 1}");

    /// <summary>The network with its weights as they were after an epoch; its best ones where null.</summary>
    /// <exception cref="ZfDeclException">ZF1803: the run has kept no such epoch; or why its weights cannot be read.</exception>
    public LiveWeights After(int? epoch) => epoch is not { } number ? best : after.Get(number, () => Load(number));

    /// <summary>An image as the network sees it.</summary>
    /// <param name="subject">What is looked at.</param>
    /// <param name="isCovered">Whether the square of the subject covers it.</param>
    /// <param name="decoded">The image before anything is done to it, and its shape: the decoded one, or one of several times its size.</param>
    public LiveImage Image(Subject subject, bool isCovered, Func<(byte[] Pixels, FeatureShape Shape)> decoded)
    {
        var weights = After(subject.Epoch);
        var square = isCovered ? subject.OccluderIn(Info.Input) : null;
        return weights.Image(subject.Key(square is not null), square is not null, () =>
        {
            var (edit, (pixels, shape)) = (subject.ToEdit(), decoded());
            var values = new float[Info.Input.Count];
            Preprocessor.Evaluation(edit.Apply(pixels, shape, Preprocessor.Decoded), values);
            edit.Erase(values, Info.Input);
            if (square is { } covering)
                Cover(values, covering);
            return new(weights.Network, Preprocessor.PixelsOf(values), torch.tensor(values, [1, Info.Input.Maps, Info.Input.Height, Info.Input.Width], device: device));
        });
    }

    public void Dispose()
    {
        after.Clear();
        best.Dispose();
        owner.Dispose();
    }

    private void Cover(float[] values, PixelRegion square)
    {
        for (var channel = 0; channel < Info.Input.Maps; channel++)
        {
            for (var y = square.Top; y < square.Top + square.Height; y++)
                Array.Fill(values, Analyses.Occlude.Occlusion.Grey, (((channel * Info.Input.Height) + y) * Info.Input.Width) + square.Left, square.Width);
        }
    }

    private LiveWeights Load(int epoch)
    {
        var snapshot = Epochs.FirstOrDefault(kept => kept.Epoch == epoch)
            ?? throw new ZfDeclException("ZF1803", Epochs.Count == 0 ? $"run '{Source.Name}' has kept no epochs: a training keeps epochs in its folder checkpoints"
                : $"run '{Source.Name}' has kept no epoch {epoch}; there are {string.Join(", ", Epochs.Select(kept => kept.Epoch))}");
        var network = Source.Entry.Create(best.Network.Classes);
        try
        {
            WeightsFile.LoadInto(snapshot.WeightsPath, network);
            network.eval();
            network.to(device);
            return new(network, isOwner: true);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
