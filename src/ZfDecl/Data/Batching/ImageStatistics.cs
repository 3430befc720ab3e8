using System.Runtime.InteropServices;
using ZfDecl.Data.Sets;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Data.Batching;

/// <summary>Means and deviations of a training set's pixels, 0 … 255, over the centre crops that the network sees.</summary>
public sealed record ImageStatistics
{
    /// <summary>The mean of each pixel, [C, H, W] of the network's input; empty where only the channels are known.</summary>
    public required float[] Mean { get; init; }

    /// <summary>The mean of each channel, [C].</summary>
    public required float[] ChannelMean { get; init; }

    /// <summary>The standard deviation of each channel, [C], with divisor N.</summary>
    public required float[] ChannelDeviation { get; init; }

    /// <summary>What cannot be in them, to follow a colon; null where nothing is wrong.</summary>
    internal string? Flaw() =>
        ChannelMean.Length == 0 || ChannelDeviation.Length != ChannelMean.Length ? $"there are {ChannelMean.Length} means of channels, and {ChannelDeviation.Length} deviations"
        : Mean.Length % ChannelMean.Length != 0 ? $"there are {Mean.Length} means of pixels in {ChannelMean.Length} channels"
        : Mean.Concat(ChannelMean).Any(mean => !(mean is >= 0 and <= byte.MaxValue)) ? "a mean is not within 0 … 255"
        : ChannelDeviation.Any(deviation => !(deviation is >= 0 and <= byte.MaxValue)) ? "a deviation is not within 0 … 255"
        : null;

    /// <summary>Reads the training set once, on all processors. The sums are whole numbers, so the result does not depend on their order.</summary>
    /// <param name="train">The training images; at least one.</param>
    /// <param name="input">The network's input.</param>
    /// <param name="log">Shows the progress.</param>
    /// <param name="group">The ranks, each of which reads a part; this process reads all where null. Collective: all get the same.</param>
    /// <exception cref="ArgumentException">The set is empty, or its images do not hold the input's crop.</exception>
    public static ImageStatistics Measure(ImageSet train, FeatureShape input, IRunLog log, IProcessGroup? group = null)
    {
        group ??= AloneGroup.Instance;
        var crop = new CentreCrop(train.Shape, input);
        if (train.Count == 0)
            throw new ArgumentException("there are no images to measure", nameof(train));

        var (sums, squares) = (new long[input.Count], new long[input.Maps]);
        var (first, end) = new BatchPart(group.Rank, group.Size).Of(train.Count);
        using var bar = log.Start("measuring the training images", end - first, "images");
        Concurrently.For(end - first, () => new Partial(train.Shape, input), (index, partial) =>
        {
            partial.Add(train, first + index, crop);
            if (partial.Images == 256)
                Collect(partial);
        }, Collect);
        AddAll(group, sums);
        AddAll(group, squares);
        return From(train.Count, input, sums, squares);

        void Collect(Partial partial)
        {
            lock (sums)
            {
                bar.Advance(partial.Images);
                partial.MoveTo(sums, squares);
            }
        }
    }

    private static void AddAll(IProcessGroup group, long[] sums)
    {
        var parts = group.Gather(MemoryMarshal.AsBytes(sums.AsSpan()).ToArray());
        Array.Clear(sums);
        foreach (var part in parts)
        {
            var own = MemoryMarshal.Cast<byte, long>(part);
            for (var i = 0; i < sums.Length; i++)
                sums[i] += own[i];
        }
    }

    private static ImageStatistics From(int images, FeatureShape input, long[] sums, long[] squares)
    {
        var plane = input.Height * input.Width;
        var count = (Int128)images * plane;
        var (means, deviations) = (new float[input.Maps], new float[input.Maps]);
        for (var channel = 0; channel < input.Maps; channel++)
        {
            Int128 sum = 0;
            foreach (var value in sums.AsSpan(channel * plane, plane))
                sum += value;
            means[channel] = (float)((double)sum / (double)count);
            // n Σx² − (Σx)², exact: no digits are lost where the deviation is small beside the mean.
            deviations[channel] = (float)(Math.Sqrt((double)(count * squares[channel] - sum * sum)) / (double)count);
        }
        return new() { Mean = [.. sums.Select(sum => (float)((double)sum / images))], ChannelMean = means, ChannelDeviation = deviations };
    }

    /// <summary>The sums of at most 256 images, seen by one thread.</summary>
    private sealed class Partial(FeatureShape decoded, FeatureShape input)
    {
        private readonly byte[] pixels = new byte[decoded.Count];
        private readonly byte[] cropped = new byte[input.Count];
        private readonly int[] sums = new int[input.Count];
        private readonly long[] squares = new long[input.Maps];

        public int Images { get; private set; }

        public void Add(ImageSet set, int index, CentreCrop crop)
        {
            set.Read(index, pixels);
            crop.Copy(pixels, cropped);
            var plane = input.Height * input.Width;
            for (var channel = 0; channel < input.Maps; channel++)
            {
                var values = cropped.AsSpan(channel * plane, plane);
                var totals = sums.AsSpan(channel * plane, plane);
                var square = 0L;
                for (var i = 0; i < values.Length; i++)
                {
                    totals[i] += values[i];
                    square += values[i] * values[i];
                }
                squares[channel] += square;
            }
            Images++;
        }

        public void MoveTo(long[] allSums, long[] allSquares)
        {
            for (var i = 0; i < sums.Length; i++)
                allSums[i] += sums[i];
            for (var channel = 0; channel < squares.Length; channel++)
                allSquares[channel] += squares[channel];
            Array.Clear(sums);
            Array.Clear(squares);
            Images = 0;
        }
    }
}
