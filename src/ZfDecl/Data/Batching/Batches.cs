using System.Buffers;
using TorchSharp;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Data.Batching;

/// <summary>
/// The images of a set in batches, read ahead on another thread. Enumerate once with <c>foreach</c> and dispose each batch; leaving the loop early
/// stops the thread.
/// </summary>
public static class Batches
{
    private const int Ahead = 3;

    private delegate void Prepare(int index, ReadOnlySpan<byte> decoded, Span<float> output);

    /// <summary>Every image once, in an order of its own for each epoch, varied as the recipe says. The last batch may be smaller.</summary>
    /// <param name="set">The images; not disposed before the enumeration has ended.</param>
    /// <param name="preprocessor">Made for the set's shape.</param>
    /// <param name="batch">Images in a batch; at least 1.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="epoch">The epoch: with the seed it decides the order, with the image's index its variation.</param>
    /// <param name="device">Where the tensors are put.</param>
    /// <param name="skip">Batches that are left out at the beginning, because they were seen before.</param>
    /// <param name="part">The part of each batch that is read; all of it where null.</param>
    /// <returns>Batches that the caller disposes.</returns>
    /// <exception cref="ZfDeclException">ZF1160: a batch would take more than 2 GiB.</exception>
    public static IEnumerable<Batch> ForTraining(ImageSet set, Preprocessor preprocessor, int batch, int seed, int epoch, Device device, int skip = 0, BatchPart? part = null)
    {
        Check(set, preprocessor, batch);
        var order = Enumerable.Range(0, set.Count).ToArray();
        new AugmentationRandom(seed, epoch, -1).Shuffle(order);
        return ReadAhead.Of(Fill(set, [.. order.Skip(skip * batch)], preprocessor.Input, batch, device, Vary, part: part ?? BatchPart.Whole), Ahead);

        void Vary(int index, ReadOnlySpan<byte> decoded, Span<float> output)
        {
            var random = new AugmentationRandom(seed, epoch, index);
            preprocessor.Training(decoded, ref random, output);
        }
    }

    /// <summary>Every image once, in the set's order, as evaluation sees it. The last batch may be smaller.</summary>
    /// <param name="set">The images; not disposed before the enumeration has ended.</param>
    /// <param name="preprocessor">Made for the set's shape.</param>
    /// <param name="batch">Images in a batch; at least 1.</param>
    /// <param name="device">Where the tensors are put.</param>
    /// <param name="crops">What is seen of an image: several crops follow each other in the batch.</param>
    /// <param name="first">The index of the image to begin with.</param>
    /// <param name="count">How many images; all that follow where null.</param>
    /// <returns>Batches that the caller disposes.</returns>
    /// <exception cref="ZfDeclException">ZF1160: a batch would take more than 2 GiB.</exception>
    public static IEnumerable<Batch> InOrder(
        ImageSet set, Preprocessor preprocessor, int batch, Device device, EvaluationCrops crops = EvaluationCrops.Centre, int first = 0, int? count = null)
    {
        Check(set, preprocessor, batch, preprocessor.CropCount(crops));
        var images = Enumerable.Range(first, count ?? (set.Count - first)).ToArray();
        return ReadAhead.Of(Fill(set, images, preprocessor.Input, batch, device, Evaluate, BatchPart.Whole, preprocessor.CropCount(crops)), Ahead);

        void Evaluate(int index, ReadOnlySpan<byte> decoded, Span<float> output) => preprocessor.Crops(decoded, crops, output);
    }

    /// <summary>Some images of a set, in the given order, as evaluation sees them. Not read ahead: one batch is prepared when it is asked for.</summary>
    /// <param name="set">The images; not disposed before the enumeration has ended.</param>
    /// <param name="images">Their indices.</param>
    /// <param name="preprocessor">Made for the set's shape.</param>
    /// <param name="batch">Images in a batch; at least 1.</param>
    /// <param name="device">Where the tensors are put.</param>
    /// <returns>Batches that the caller disposes.</returns>
    public static IEnumerable<Batch> Of(ImageSet set, int[] images, Preprocessor preprocessor, int batch, Device device)
    {
        Check(set, preprocessor, batch);
        return Fill(set, images, preprocessor.Input, batch, device, (_, decoded, output) => preprocessor.Evaluation(decoded, output), BatchPart.Whole);
    }

    private static void Check(ImageSet set, Preprocessor preprocessor, int batch, int crops = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        if (preprocessor.Decoded != set.Shape)
            throw new ArgumentException(
                $"the preprocessor is made for images of {preprocessor.Decoded}, the set's are {set.Shape}", nameof(preprocessor));
        var most = Array.MaxLength / (preprocessor.Input.Count * crops * sizeof(float));
        if (Math.Min(batch, set.Count) > most)
            throw new ZfDeclException("ZF1160", $"a batch of {batch} images of {preprocessor.Input} takes more than 2 GiB; "
                + (most > 0 ? $"use at most {most}" : "use smaller images"));
    }

    private static IEnumerable<Batch> Fill(ImageSet set, int[] order, FeatureShape input, int batch, Device device, Prepare prepare, BatchPart part, int crops = 1)
    {
        foreach (var whole in order.Chunk(batch))
        {
            var (first, end) = part.Of(whole.Length);
            var indices = whole[first..end];
            var images = Reachable(empty([indices.Length * crops, input.Maps, input.Height, input.Width], ScalarType.Float32), device);
            var labels = Reachable(tensor(Labels(indices)), device);
            try
            {
                FillImages(set, indices, images, prepare);
            }
            catch
            {
                images.Dispose();
                labels.Dispose();
                throw;
            }
            yield return new(Move(images, device), Move(labels, device), indices) { WholeLabels = Labels(whole) };
        }

        long[] Labels(int[] indices) => Array.ConvertAll(indices, index => (long)set.Label(index));
    }

    private static unsafe void FillImages(ImageSet set, int[] indices, Tensor images, Prepare prepare)
    {
        if (indices.Length == 0)
            return;
        var decoded = (int)set.Shape.Count;
        var length = (int)(images.NumberOfElements / indices.Length);
        fixed (byte* memory = images.bytes)
        {
            var values = (float*)memory;
            if (set.ReadsSlowly)
            {
                Concurrently.For(indices.Length, Rent, Fill, Return);
            }
            else
            {
                var pixels = Rent();
                for (var i = 0; i < indices.Length; i++)
                    Fill(i, pixels);
                Return(pixels);
            }

            void Fill(int i, byte[] pixels)
            {
                set.Read(indices[i], pixels.AsSpan(0, decoded));
                prepare(indices[i], pixels.AsSpan(0, decoded), new(values + (long)i * length, length));
            }
        }
        GC.KeepAlive(images);

        byte[] Rent() => ArrayPool<byte>.Shared.Rent(decoded);
        void Return(byte[] pixels) => ArrayPool<byte>.Shared.Return(pixels);
    }

    /// <summary>Memory that a GPU reads without waiting: locked in its place.</summary>
    private static Tensor Reachable(Tensor tensor, Device device)
    {
        if (device.type != DeviceType.CUDA)
            return tensor;
        using (tensor)
            return tensor.pin_memory();
    }

    /// <summary>
    /// To a GPU the copy is only begun: what uses it comes after it on the same stream, and libtorch does not give locked memory away again before the
    /// copy is done.
    /// </summary>
    private static Tensor Move(Tensor tensor, Device device)
    {
        if (device.type == DeviceType.CPU)
            return tensor;
        using (tensor)
            return tensor.to(device, non_blocking: true);
    }
}
