using ZfDecl.Data.Sets;
using static TorchSharp.torch;

namespace ZfDecl.Benchmarks;

/// <summary>Fashion-MNIST in minibatches as one writes it: the bytes in memory, flips and shifts pixel by pixel, one float array a batch.</summary>
internal sealed class PlainImages
{
    private const int Side = 28, Shift = 2;

    private readonly byte[][] pixels;
    private readonly long[] labels;
    private readonly float[] mean = new float[Side * Side];
    private readonly float deviation;
    private readonly Random random = new(1);
    private readonly int[] order;
    private int next;

    public PlainImages(ImageSet images)
    {
        pixels = [.. Enumerable.Range(0, images.Count).Select(i => { var bytes = new byte[Side * Side]; images.Read(i, bytes); return bytes; })];
        labels = [.. Enumerable.Range(0, images.Count).Select(i => (long)images.Label(i))];
        for (var i = 0; i < mean.Length; i++)
            mean[i] = (float)pixels.Average(image => image[i]);
        deviation = (float)Math.Sqrt(pixels.Average(image => image.Select((value, i) => (double)(value - mean[i]) * (value - mean[i])).Average()));
        order = [.. Enumerable.Range(0, images.Count)];
        next = order.Length;
    }

    public (Tensor Images, Tensor Labels) Next(int batch)
    {
        if (next + batch > order.Length)
        {
            random.Shuffle(order);
            next = 0;
        }
        var (values, classes) = (new float[batch * Side * Side], new long[batch]);
        for (var i = 0; i < batch; i++)
        {
            var index = order[next + i];
            classes[i] = labels[index];
            var image = pixels[index];
            var (flip, down, right) = (random.Next(2) == 1, random.Next(-Shift, Shift + 1), random.Next(-Shift, Shift + 1));
            for (var y = 0; y < Side; y++)
            {
                for (var x = 0; x < Side; x++)
                {
                    var (fromY, fromX) = (y - down, x - right);
                    if (fromY < 0 || fromY >= Side || fromX < 0 || fromX >= Side)
                        continue;
                    var at = (fromY * Side) + (flip ? Side - 1 - fromX : fromX);
                    values[(i * Side * Side) + (y * Side) + x] = (image[at] - mean[at]) / deviation;
                }
            }
        }
        next += batch;
        return (tensor(values, [batch, 1, Side, Side]), tensor(classes));
    }
}
