using ZfDecl.Networks;

namespace ZfDecl.Imaging;

/// <summary>Blurs an image with a Gaussian, rows and columns in turn. At the border its outermost pixels go on.</summary>
internal static class GaussianBlur
{
    private const double Reach = 3;         // standard deviations that the Gaussian is cut off at

    /// <param name="pixels">[C, H, W] of <paramref name="shape"/>, 0 … 255.</param>
    /// <param name="shape">The shape of the image.</param>
    /// <param name="deviation">The standard deviation of the Gaussian, in pixels; above 0.</param>
    /// <returns>[C, H, W], each value rounded once.</returns>
    public static byte[] Of(ReadOnlySpan<byte> pixels, FeatureShape shape, double deviation)
    {
        var weights = Weights(deviation);
        var (plane, blurred) = (shape.Height * shape.Width, new byte[shape.Count]);
        var (source, between) = (new float[plane], new float[plane]);
        for (var channel = 0; channel < shape.Maps; channel++)
        {
            for (var i = 0; i < plane; i++)
                source[i] = pixels[(channel * plane) + i];
            Along(source, shape.Height, shape.Width, shape.Width, 1, weights, between);
            Along(between, shape.Width, shape.Height, 1, shape.Width, weights, source);
            for (var i = 0; i < plane; i++)
                blurred[(channel * plane) + i] = (byte)Math.Clamp(source[i] + 0.5f, 0, byte.MaxValue);
        }
        return blurred;
    }

    /// <summary>Blurs every line of a plane: of <paramref name="lines"/>, each <paramref name="length"/> values that lie <paramref name="step"/> apart.</summary>
    private static void Along(float[] source, int lines, int length, int from, int step, float[] weights, float[] output)
    {
        var reach = weights.Length / 2;
        for (var line = 0; line < lines; line++)
        {
            for (var i = 0; i < length; i++)
            {
                var sum = 0f;
                for (var tap = -reach; tap <= reach; tap++)
                    sum += weights[tap + reach] * source[(line * from) + (Math.Clamp(i + tap, 0, length - 1) * step)];
                output[(line * from) + (i * step)] = sum;
            }
        }
    }

    private static float[] Weights(double deviation)
    {
        var reach = Math.Max((int)Math.Ceiling(Reach * deviation), 1);
        double[] bell = [.. Enumerable.Range(-reach, (2 * reach) + 1).Select(x => Math.Exp(-x * x / (2 * deviation * deviation)))];
        var sum = bell.Sum();
        return Array.ConvertAll(bell, value => (float)(value / sum));
    }
}
