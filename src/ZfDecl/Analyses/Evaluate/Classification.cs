using System.Text.Json;
using ZfDecl.Data.Sets;
using ZfDecl.Distributed;
using ZfDecl.Measures;
using ZfDecl.Messages;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Evaluate;

/// <summary>How a network, or several whose probabilities are averaged, classify images.</summary>
/// <param name="Classes">The names of the classes, in the order of the network's outputs.</param>
/// <param name="Predictions">One for each image whose class is known. The measures need at least one.</param>
public sealed record Classification(IReadOnlyList<string> Classes, IReadOnlyList<Prediction> Predictions)
{
    /// <summary>Mean cross-entropy, in nats.</summary>
    public double Loss => Predictions.Average(prediction => prediction.Loss);

    /// <summary>The share of images whose class is not the most probable; 0 … 1.</summary>
    public double Top1Error => Share(prediction => !prediction.IsRight);

    /// <summary>The share of images whose class is not among the five most probable; 0 … 1.</summary>
    public double Top5Error => Share(prediction => !prediction.IsInTop5);

    /// <summary>How many images of each class were taken for each class.</summary>
    /// <returns>[class, predicted class].</returns>
    public int[,] Confusion()
    {
        var counts = new int[Classes.Count, Classes.Count];
        foreach (var prediction in Predictions)
            counts[prediction.Class, prediction.Predicted]++;
        return counts;
    }

    /// <summary>The same with what follows from it.</summary>
    public ConfusionMatrix Matrix => new(Classes, Confusion());

    /// <summary>How each class fares, in the order of the classes.</summary>
    public IEnumerable<ClassResult> PerClass()
    {
        var matrix = Matrix;
        var inTop5 = new int[Classes.Count];
        foreach (var prediction in Predictions.Where(prediction => prediction.IsInTop5))
            inTop5[prediction.Class]++;
        for (var i = 0; i < Classes.Count; i++)
        {
            var row = Enumerable.Range(0, Classes.Count).Select(predicted => matrix.Counts[i, predicted]).ToArray();
            var other = Enumerable.Range(0, Classes.Count).Where(predicted => predicted != i && row[predicted] > 0).Cast<int?>().MaxBy(predicted => row[predicted!.Value]);
            yield return new(i, Classes[i], row.Sum(), row[i], inTop5[i], other, other is { } most ? row[most] : 0) { Precision = matrix.PrecisionOf(i), F1 = matrix.F1Of(i) };
        }
    }

    /// <summary>Has every image classified by every member, and averages their probabilities.</summary>
    /// <param name="members">
    /// At least one; their images are the same ones, in the same order, however each has them decoded, and labelled by each network's outputs
    /// (<see cref="ImageData.LabelledBy"/>). All networks have the classes of the first, in any order.
    /// </param>
    /// <param name="log">Shows the progress.</param>
    /// <param name="group">The ranks that share the images; this process alone sees all of them where null. Collective: all get all predictions.</param>
    /// <param name="stop">Stops it after the batch it is at.</param>
    /// <returns>A prediction for each image whose class the networks know, in order; none where they know none.</returns>
    /// <exception cref="ZfDeclException">ZF1306: a network yields what is NaN.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Classification Of(IReadOnlyList<Classifier> members, IRunLog log, IProcessGroup? group = null, CancellationToken stop = default)
    {
        group ??= AloneGroup.Instance;
        var images = members[0].Images;
        var classes = images.Classes;
        if (members.FirstOrDefault(member => member.Images.Count != images.Count || member.Images.Classes.Count != classes.Count || member.Network.Classes != classes.Count) is { } other)
            throw new ArgumentException($"{other.Images.Count} images of {other.Images.Classes.Count} classes, {other.Network.Classes} of them the network's, do not go with {images.Count} and {classes.Count}", nameof(members));
        int[] all = [.. Enumerable.Range(0, images.Count).Where(image => images.Label(image) != ImageSet.Unknown)];
        var atOnce = members.Min(member => member.ImagesAtOnce);
        var (first, count) = new Shard(group.Rank + 1, group.Size).Of(all.Length, atOnce);
        var known = all[first..(first + count)];
        var predictions = new List<Prediction>(known.Length);
        using var bar = log.Start("evaluating", all.Length, "images");
        foreach (var batch in Mean([.. members.Select(member => member.Probabilities(atOnce, known, classes))]))
        {
            using (batch)
            {
                if (group.IsAlone)
                    stop.ThrowIfCancellationRequested();
                else if (stop.IsCancellationRequested)
                    break;
                var values = batch.data<double>().ToArray();
                foreach (var probabilities in values.Chunk(classes.Count))
                {
                    var image = known[predictions.Count];
                    if (!Array.TrueForAll(probabilities, double.IsFinite))
                        throw new ZfDeclException("ZF1306", $"the network's probabilities of image '{images.NameOf(image)}' are NaN: its scores are beyond all bounds. Train again, at a lower learning-rate");
                    predictions.Add(Prediction.Of(image, images.NameOf(image), images.Label(image), probabilities));
                }
                bar.Advance(batch.shape[0] * group.Size);
            }
        }
        return new(classes, group.IsAlone ? predictions : Gathered(predictions, group, stop));
    }

    private static List<Prediction> Gathered(List<Prediction> own, IProcessGroup group, CancellationToken stop)
    {
        var parts = group.Gather(stop.IsCancellationRequested ? [] : JsonSerializer.SerializeToUtf8Bytes(own));
        return Array.Exists(parts, part => part.Length == 0) ? throw new OperationCanceledException(stop) : [.. parts.SelectMany(part => JsonSerializer.Deserialize<List<Prediction>>(part)!)];
    }

    /// <summary>The images of several sets together, such as both parts of a folder.</summary>
    /// <param name="parts">At least one; all of the same classes.</param>
    /// <exception cref="ZfDeclException">ZF1305: there is no image whose class is known.</exception>
    public static Classification Concat(IReadOnlyList<Classification> parts)
    {
        var joined = new Classification(parts[0].Classes, [.. parts.SelectMany(part => part.Predictions)]);
        return joined.Predictions.Count > 0 ? joined : throw new ZfDeclException("ZF1305", "no image of this split is of a class that the network knows, so there is nothing to be right about; choose another `split`");
    }

    /// <returns>The mean of each position of several sequences.</returns>
    private static IEnumerable<Tensor> Mean(IEnumerable<Tensor>[] members)
    {
        if (members is [var only])
            return only;
        return members.Skip(1).Aggregate(members[0], (sum, next) => sum.Zip(next, Added)).Select(sum => sum.div_(members.Length));

        static Tensor Added(Tensor sum, Tensor next)
        {
            using (next)
                return sum.add_(next);
        }
    }

    private double Share(Func<Prediction, bool> holds) => (double)Predictions.Count(holds) / Predictions.Count;
}
