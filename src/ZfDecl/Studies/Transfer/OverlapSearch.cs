using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks.Recipes;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Studies.Transfer;

/// <summary>
/// Finds the images of a set that a network has been pretrained on, by normalised correlation as Zeiler &amp; Fergus 2014, §5.2 do: of the pixels of
/// pictures brought to at most 32×32, <c>Σ (a − ā)(b − b̄) / (‖a − ā‖ ‖b − b̄‖)</c>, the sums over all channels and the means of each. A picture of one colour is
/// like none.
/// </summary>
internal static class OverlapSearch
{
    private const int Side = 32, Batch = 256;
    private const float Rounding = 1e-6f;           // a picture that is its own mirror image is not called mirrored

    /// <summary>Compares each image with each of the pre-training set.</summary>
    /// <param name="images">The images; they are kept in memory, at 12 KiB each at most.</param>
    /// <param name="known">The pre-training images, of the same shape.</param>
    /// <param name="threshold">The least correlation that counts as the same picture.</param>
    /// <param name="what">What is looked for, as the progress calls it.</param>
    /// <param name="log">Shows the progress.</param>
    /// <param name="mirrored">Whether the pre-training images are compared left to right too.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Those that are found, in the order of their indices, each with the pre-training image it is most like.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<Overlap> Find(ImageSet images, ImageSet known, double threshold, string what, IRunLog log, bool mirrored = false, CancellationToken stop = default)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var bar = log.Start($"looking for {what}", (long)images.Count + known.Count, "images");
        var ours = cat([.. Thumbnails(images, bar, stop).Select(batch => batch.Values)]).flatten(1);                     // [N, D]
        var likest = full([images.Count], -1f);
        var likestKnown = zeros([images.Count], ScalarType.Int64);
        var isMirrored = zeros([images.Count], ScalarType.Bool);
        foreach (var (values, first) in Thumbnails(known, bar, stop))
        {
            Compare(values, first, flipped: false);
            if (mirrored)
                Compare(values, first, flipped: true);
            values.Dispose();
        }
        var (found, others, flips) = (likest.data<float>().ToArray(), likestKnown.data<long>().ToArray(), isMirrored.data<bool>().ToArray());
        return [.. Enumerable.Range(0, images.Count).Where(image => found[image] >= threshold)
            .Select(image => new Overlap(image, images.NameOf(image), known.NameOf((int)others[image]), Math.Min(found[image], 1)) { KnownImage = (int)others[image], IsMirrored = flips[image] })];

        void Compare(Tensor values, int first, bool flipped)
        {
            using var inner = NewDisposeScope();
            var theirs = (flipped ? values.flip(3) : values).flatten(1);
            var (correlations, positions) = ours.matmul(theirs.t()).max(1);                                                // [N], over the batch
            var better = correlations > (flipped ? likest + Rounding : likest);
            likest.copy_(where(better, correlations, likest));
            likestKnown.copy_(where(better, positions + first, likestKnown));
            isMirrored.copy_(where(better, tensor(flipped), isMirrored));
        }
    }

    /// <summary>The images in batches [n, C, h, w], each picture of mean 0 a channel and length 1, with the index of the first.</summary>
    private static IEnumerable<(Tensor Values, int First)> Thumbnails(ImageSet set, IProgressBar bar, CancellationToken stop)
    {
        var recipe = new PreprocessRecipe { Resize = null, Subtract = Subtraction.None, Divide = 255, Augment = Augmentation.None, Shift = 0 };
        var whole = new Preprocessor(set.Shape, set.Shape, recipe, new() { Mean = [], ChannelMean = [], ChannelDeviation = [] });
        foreach (var batch in Batches.InOrder(set, whole, Batch, CPU))
        {
            using (batch)
            {
                stop.ThrowIfCancellationRequested();
                yield return (Normalised(batch.Images), batch.Indices[0]);
                bar.Advance(batch.Indices.Count);
            }
        }
    }

    private static Tensor Normalised(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        var small = adaptive_avg_pool2d(pictures, [Math.Min(Side, pictures.shape[2]), Math.Min(Side, pictures.shape[3])]);
        var centred = small - small.mean([2L, 3L], keepdim: true);
        var length = centred.square().sum([1L, 2L, 3L], keepdim: true).sqrt();
        return where(length > 1e-4, centred / length, zeros_like(centred)).MoveToOuterDisposeScope();
    }
}
