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
        SafeTensorsFile.WriteSealed(path, Tensors(statistics));
    }

    /// <summary>The tensors that they are kept in; the caller's dispose scope frees them.</summary>
    internal static KeyValuePair<string, Tensor>[] Tensors(ImageStatistics statistics) =>
    [
        new("mean", tensor(statistics.Mean)),
        new("channel_mean", tensor(statistics.ChannelMean)),
        new("channel_deviation", tensor(statistics.ChannelDeviation)),
    ];

    /// <exception cref="ZfDeclException">ZF1201: the file is malformed, or its seal does not hold; ZF1202: it cannot be read; ZF1203, ZF1225: it does not hold statistics.</exception>
    internal static ImageStatistics Read(string path)
    {
        using var scope = NewDisposeScope();
        return Of(SafeTensorsFile.Read(path), path);
    }

    /// <exception cref="ZfDeclException">ZF1203: a tensor is missing, or of another type; ZF1225: its values cannot be.</exception>
    internal static ImageStatistics Of(IReadOnlyDictionary<string, Tensor> tensors, string path)
    {
        var statistics = new ImageStatistics { Mean = Values("mean"), ChannelMean = Values("channel_mean"), ChannelDeviation = Values("channel_deviation") };
        return statistics.Flaw() is { } flaw
            ? throw new ZfDeclException("ZF1225", $"the statistics of images in '{path}' cannot be: {flaw}. Bring the file back from a copy, or train again", path)
            : statistics;

        float[] Values(string name) => tensors.TryGetValue(name, out var values) && values.dtype == ScalarType.Float32
            ? values.data<float>().ToArray()
            : throw new ZfDeclException("ZF1203", $"'{path}' has no tensor '{name}' of type F32; it holds {string.Join(", ", tensors.Keys)}. Train again", path);
    }
}
