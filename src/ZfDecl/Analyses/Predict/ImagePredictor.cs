using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Predict;

/// <summary>Shows images to a network, and keeps what it is surest of.</summary>
/// <param name="net">In evaluation mode; neither owned nor changed.</param>
/// <param name="preprocessor">Makes the network's inputs.</param>
/// <param name="device">Where the network is.</param>
public sealed class ImagePredictor(ConvNet net, Preprocessor preprocessor, Device device)
{
    private const long ActivationBudget = 128L << 20;       // bytes of all layers of the images of one batch
    private const int MostAtOnce = 128;

    /// <summary>How many images a network is shown at once: as many as leave the activations of all layers within 128 MiB, one at least.</summary>
    public static int BatchFor(NetworkInfo info) => (int)Math.Clamp(ActivationBudget / (info.Layers.Sum(layer => layer.Output.Count) * sizeof(float)), 1, MostAtOnce);

    /// <summary>Shows every image of a set, in order.</summary>
    /// <param name="images">The images, decoded as the preprocessor wants them.</param>
    /// <param name="log">Shows the progress.</param>
    /// <param name="stop">Stops it after the batch it is at.</param>
    /// <returns>
    /// For each image the most probable classes: the softmax of the scores that the forward pass yields, in double precision; of a network without classes the channels of its last layer with the largest values.
    /// </returns>
    /// <exception cref="ZfDeclException">ZF1306: a probability is NaN; ZF1403: an output is not finite.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<ImagePrediction> Of(ImageSet images, IRunLog log, CancellationToken stop = default)
    {
        var predictions = new List<ImagePrediction>(images.Count);
        using var bar = log.Start("predicting", images.Count, "images");
        foreach (var batch in Batches.InOrder(images, preprocessor, BatchFor(net.Info), device))
        {
            using (batch)
            {
                stop.ThrowIfCancellationRequested();
                using var noGrad = no_grad();
                using var scope = NewDisposeScope();
                var outputs = net.call(batch.Images);                // [N, classes], or what the last layer yields
                foreach (var (row, index) in batch.Indices.Index())
                    predictions.Add(new(images.NameOf(index), images.ClassOf(index), net.Classes > 0 ? Classes(outputs[row], images.NameOf(index)) : Channels(outputs[row], images.NameOf(index))));
                bar.Advance(batch.Indices.Count);
            }
        }
        return predictions;
    }

    private static StrongestOutput[] Classes(Tensor scores, string image)
    {
        double[] values = [.. scores.to(ScalarType.Float64).cpu().data<double>()], probabilities = [.. nn.functional.softmax(scores.to(ScalarType.Float64), 0).cpu().data<double>()];
        return Array.TrueForAll(probabilities, double.IsFinite)
            ? [.. probabilities.Index().OrderByDescending(one => one.Item).Take(ImagePrediction.Top).Select(one => new StrongestOutput(one.Index, one.Item, values[one.Index]))]
            : throw new ZfDeclException("ZF1306", $"the network's probabilities of image '{image}' are NaN: its scores are beyond all bounds. Train again, at a lower learning-rate");
    }

    private static StrongestOutput[] Channels(Tensor output, string image)
    {
        var (isMap, width) = (output.dim() == 3, output.shape[^1]);
        var (values, at) = output.reshape(output.shape[0], -1).max(1);          // [channels]
        double[] strongest = [.. values.to(ScalarType.Float64).cpu().data<double>()];
        var units = at.cpu().data<long>().ToArray();
        return Array.TrueForAll(strongest, double.IsFinite)
            ? [.. strongest.Index().OrderByDescending(one => one.Item).Take(ImagePrediction.Top).Select(one => new StrongestOutput(
                one.Index, one.Item, At: isMap ? new UnitPosition((int)(units[one.Index] / width), (int)(units[one.Index] % width)) : null))]
            : throw new ZfDeclException("ZF1403", $"what the network yields for image '{image}' is not finite: its weights are damaged, or of a training that diverged; train again with a smaller learning rate, or use another checkpoint");
    }
}
