using Google.Protobuf;
using ZfDecl.Data.Batching;
using ZfDecl.Files;
using ZfDecl.Interchange.Tensors;
using ZfDecl.Interchange.Weights.Proto;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Interchange.Weights;

/// <summary>The mean image of a training set as Caffe keeps it, <c>mean.binaryproto</c>: a blob [1, C, H, W], blue first, of images before they were cropped.</summary>
internal static class MeanImage
{
    private const long MostBytes = 256 << 20;

    /// <summary>What images are prepared with: its centre, as large as the network's input.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">The network's input.</param>
    /// <exception cref="ZfDeclException">ZF1539: it is no mean image, or smaller than the input; ZF1202, ZF1144, ZF1222: it cannot be read.</exception>
    public static ImageStatistics Read(string path, FeatureShape input)
    {
        try
        {
            using var stream = RegularFile.OpenInput(path, MostBytes);
            using var file = File.OpenHandle(path);
            var blob = BlobProto.Parser.ParseFrom(TensorScan.Read(stream, CaffeBlob.Alone));
            var values = CaffeBlob.Values(blob, file);
            long[] shape = [.. values.Shape.SkipWhile(side => side == 1 && values.Shape.Count > 3).TakeLast(3)];
            if (values.Shape.Count is not (3 or 4) || TensorSource.Product(shape) != values.Count || shape[0] != input.Maps || shape[1] < input.Height || shape[2] < input.Width)
                throw Refused($"it is [{string.Join(", ", values.Shape)}], and the network takes {input}");
            var statistics = Centre(values.ToArray(), shape, input);
            return statistics.Flaw() is { } flaw ? throw Refused(flaw) : statistics;
        }
        catch (Exception cause) when (cause is InvalidDataException or InvalidProtocolBufferException or EndOfStreamException)
        {
            throw Refused($"it is damaged, or of another kind ({cause.Message})", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotRead(path, cause, "name another file");
        }

        ZfDeclException Refused(string finding, Exception? cause = null) => new("ZF1539", $"'{path}' is no mean image for this network: {finding}. Name the 'mean.binaryproto' that belongs to the weights, or write 'mean' into 'preprocess' of the spec", path, cause);
    }

    private static ImageStatistics Centre(float[] mean, long[] shape, FeatureShape input)
    {
        var (top, left, plane) = ((shape[1] - input.Height) / 2, (shape[2] - input.Width) / 2, input.Height * input.Width);
        var centre = new float[input.Count];
        for (var channel = 0; channel < input.Maps; channel++)
            for (var y = 0; y < input.Height; y++)
                mean.AsSpan((int)((((input.Maps - 1 - channel) * shape[1]) + top + y) * shape[2] + left), input.Width).CopyTo(centre.AsSpan(channel * plane + y * input.Width));     // red first
        return new() { Mean = centre, ChannelMean = [.. Enumerable.Range(0, input.Maps).Select(channel => centre.AsSpan(channel * plane, plane).ToArray().Average())], ChannelDeviation = new float[input.Maps] };
    }
}
