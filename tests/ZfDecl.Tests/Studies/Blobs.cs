using static TorchSharp.torch;

namespace ZfDecl.Tests.Studies;

/// <summary>Features of images in classes that overlap a little: one centre per class, and noise.</summary>
internal static class Blobs
{
    public static (float[,] Features, int[] Labels) Draw(int images, int width, int classes, int seed)
    {
        var random = new Random(seed);
        var centres = new double[classes, width];
        for (var i = 0; i < centres.Length; i++)
            centres[i / width, i % width] = random.NextDouble() - 0.5;
        var (features, labels) = (new float[images, width], new int[images]);
        for (var i = 0; i < images; i++)
        {
            labels[i] = i % classes;
            for (var d = 0; d < width; d++)
                features[i, d] = (float)(centres[labels[i], d] + random.NextDouble() - 0.5);
        }
        return (features, labels);
    }

    public static double[,] Values(Tensor matrix)
    {
        var (flat, values) = (matrix.contiguous().data<float>().ToArray(), new double[matrix.shape[0], matrix.shape[1]]);
        for (var i = 0; i < flat.Length; i++)
            values[i / matrix.shape[1], i % matrix.shape[1]] = flat[i];
        return values;
    }
}
