using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Predict;

/// <summary>
/// Takes a tensor of preprocessed images through a network, and keeps what layers yield: from one safetensors file into another, image by image, so that neither has to fit into memory and what an image
/// yields does not depend on those beside it.
/// </summary>
/// <param name="net">In evaluation mode; neither owned nor changed.</param>
/// <param name="device">Where it is.</param>
public sealed class TensorPredictor(ConvNet net, Device device)
{
    /// <summary>The name of what the last layer yields: class probabilities where it is a softmax.</summary>
    public const string Output = "output";

    /// <summary>The name of the scores before a final softmax.</summary>
    public const string Scores = "scores";

    /// <summary>Reads, computes and writes.</summary>
    /// <param name="from">The file with the tensor <c>input</c>: [N, C, H, W], float32, as the network takes it.</param>
    /// <param name="to">
    /// The file with <see cref="Output"/>, before a final softmax <see cref="Scores"/>, and the layers, each [N, maps, height, width] or [N, units]; an older one is replaced when the new one is complete.
    /// </param>
    /// <param name="layers">Layers whose outputs are kept under their names, as <see cref="Recording.Activation"/> has them: before a relu that follows.</param>
    /// <param name="weights">Where the weights come from; it is written beside the tensors.</param>
    /// <param name="log">Shows the progress.</param>
    /// <param name="stop">Stops it after the image it is at; nothing is written then.</param>
    /// <returns>The names and shapes of what was written.</returns>
    /// <exception cref="ZfDeclException">
    /// ZF1512: what goes in does not fit the network; ZF1513: a layer's name is taken; ZF1144, ZF1201, ZF1202: the file cannot be read; ZF1204: the other cannot be written.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<(string Name, long[] Shape)> Run(string from, string to, IReadOnlyList<LayerInfo> layers, string weights, IRunLog log, CancellationToken stop = default)
    {
        var kept = Kept(layers);
        using var images = new PreprocessedImages(from, net.Info);
        (string Name, long[] Shape)[] shapes = [.. kept.Zip(FirstShapes(images, kept), (one, shape) => (one.Name, (long[])[images.Count, .. shape]))];
        using var bar = log.Start("predicting", images.Count, "images");
        SafeTensorsFile.WriteByRow(to, shapes, Rows(), new Dictionary<string, string> { ["network"] = net.Info.Name, ["weights"] = weights });
        return shapes;

        IEnumerable<IReadOnlyList<Tensor>> Rows()
        {
            for (var index = 0; index < images.Count; index++)
            {
                stop.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                yield return Outputs(images.Read(index), kept);
                bar.Advance(1);
            }
        }
    }

    private long[][] FirstShapes(PreprocessedImages images, List<(string Name, int Layer)> kept)
    {
        using var scope = NewDisposeScope();
        return [.. Outputs(images.Read(0), kept).Select(output => output.shape[1..])];
    }

    /// <returns>[1, …] each; the caller's dispose scope frees them.</returns>
    private Tensor[] Outputs(Tensor image, List<(string Name, int Layer)> kept)
    {
        using var noGrad = no_grad();
        using var recording = net.Record(image.to(device));
        return [.. kept.Select(one => recording.Activation(one.Layer).alias())];
    }

    /// <summary>What is kept, under which name.</summary>
    private List<(string Name, int Layer)> Kept(IReadOnlyList<LayerInfo> layers)
    {
        var last = net.Info.Layers[^1];
        List<(string Name, int Layer)> kept = [(Output, last.Index)];
        if (last.Role == LayerRole.Output)
            kept.Add((Scores, net.Info.Scores.Index));
        foreach (var layer in layers)
        {
            var taken = kept.FindIndex(one => one.Name == layer.Name);
            if (taken < 0)
                kept.Add((layer.Name, layer.Index));
            else if (kept[taken].Layer != layer.Index)
                throw new ZfDeclException("ZF1513", $"layer '{layer.Name}' is called as the tensor '{layer.Name}', which the file always has and which is of '{net.Info.Layers[kept[taken].Layer].Name}'; leave the layer out, or rename it in the spec", net.Info.SpecFile);
        }
        return kept;
    }
}
