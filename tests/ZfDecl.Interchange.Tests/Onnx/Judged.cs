using ZfDecl.Interchange.Specs;
using ZfDecl.Networks;

namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>An imported network against ONNX Runtime on the model it was imported from.</summary>
internal static class Judged
{
    /// <summary>What differs on a random image; null where nothing does.</summary>
    /// <param name="net">The network, with its weights.</param>
    /// <param name="network">The same as it was imported.</param>
    /// <param name="model">The model.</param>
    /// <param name="shape">The shape of its input.</param>
    /// <param name="name">The name of its input.</param>
    /// <param name="isLast">Whether the model takes the channels last.</param>
    public static string? Difference(ConvNet net, ImportedNetwork network, byte[] model, long[] shape, string name = "image", bool isLast = false)
    {
        var random = new Random(7);
        float[] image = [.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => (float)(2 * random.NextDouble() - 1))];
        var expected = OtherSide.Run(model, name, image, shape);
        return Closeness.Difference(expected, Compiled.Run(net, isLast ? ChannelsFirst(image, shape) : image, shape[0], probabilities: network.Draft!.End.Kind == "softmax"));
    }

    /// <summary>Imports, compiles and judges one model.</summary>
    /// <returns>The network as it was imported.</returns>
    public static ImportedNetwork Same(byte[] model, long[] shape, string name = "image", bool isLast = false)
    {
        using var folder = new TemporaryFolder();
        var network = Imported.Of(folder, model);
        using var net = Compiled.All([network])[0];
        Assert.Null(Difference(net, network, model, shape, name, isLast));
        return network;
    }

    private static float[] ChannelsFirst(float[] image, long[] shape)
    {
        var (plane, channels) = ((int)(shape[1] * shape[2]), (int)shape[3]);
        var planes = new float[image.Length];
        for (var i = 0; i < image.Length; i++)
            planes[(i / (plane * channels) * channels + i % channels) * plane + i / channels % plane] = image[i];
        return planes;
    }
}
