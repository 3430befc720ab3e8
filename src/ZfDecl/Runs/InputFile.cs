using ZfDecl.Data.Batching;
using ZfDecl.Files;
using ZfDecl.Messages;
using static TorchSharp.torch;

namespace ZfDecl.Runs;

/// <summary>The statistics that a run's images are preprocessed with, in a safetensors file: <c>mean</c>, <c>channel_mean</c> and <c>channel_deviation</c>.</summary>
internal static class InputFile
{
    internal static void Write(string path, ImageStatistics statistics)
    {
        using var scope = NewDisposeScope();
        SafeTensorsFile.Write(path, Tensors(statistics));
    }

    /// <summary>The tensors that they are kept in; the caller's dispose scope frees them.</summary>
    internal static KeyValuePair<string, Tensor>[] Tensors(ImageStatistics statistics) =>
    [
        new("mean", tensor(statistics.Mean)),
        new("channel_mean", tensor(statistics.ChannelMean)),
        new("channel_deviation", tensor(statistics.ChannelDeviation)),
    ];

    internal static ImageStatistics Read(string path)
    {
        using var scope = NewDisposeScope();
        return Of(SafeTensorsFile.Read(path), path);
    }

    /// <exception cref="ZfDeclException">ZF1203: a tensor is missing, or of another type.</exception>
    internal static ImageStatistics Of(IReadOnlyDictionary<string, Tensor> tensors, string path)
    {
        return new() { Mean = Values("mean"), ChannelMean = Values("channel_mean"), ChannelDeviation = Values("channel_deviation") };

        float[] Values(string name) => tensors.TryGetValue(name, out var values) && values.dtype == ScalarType.Float32
            ? values.data<float>().ToArray()
            : throw new ZfDeclException("ZF1203", $"'{path}' has no tensor '{name}' of type F32; it holds {string.Join(", ", tensors.Keys)}. Train again", path);
    }
}
