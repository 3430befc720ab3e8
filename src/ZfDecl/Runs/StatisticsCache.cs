using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Distributed;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Runs;

/// <summary>
/// Keeps the statistics of training images, by the hash of the data, the pixels of a few of them and the shapes they are read in, so that only the first run on them
/// reads them all. A file is sealed with a hash of what is in it. Processes that measure the same images at the same time write the same bytes.
/// </summary>
/// <param name="folder">Where the files are; made when one is written.</param>
internal sealed class StatisticsCache(string folder)
{
    /// <summary>The code of the warning that statistics are not kept.</summary>
    internal const string NotKept = "ZF1218";

    private const string Seal = "seal";
    private const int LookedAt = 16;

    /// <summary>The statistics of the training images: kept from before, or measured now and kept.</summary>
    /// <param name="data">The images.</param>
    /// <param name="input">The network's input.</param>
    /// <param name="log">Shows the progress; hears it where they were kept, where the file is damaged, and where it cannot be written.</param>
    /// <param name="group">The ranks, each of which measures a part, and of which rank 0 keeps them; this process alone where null. Collective.</param>
    /// <exception cref="ArgumentException">There are no training images, or they do not hold the input's crop.</exception>
    /// <exception cref="ZfDeclException">ZF1133: an image cannot be read.</exception>
    public ImageStatistics Of(ImageData data, FeatureShape input, IRunLog log, IProcessGroup? group = null)
    {
        if (group is { Rank: > 0 })
            return JsonSerializer.Deserialize<ImageStatistics>(group.Broadcast([])) ?? ImageStatistics.Measure(data.Train, input, log, group);
        Temporary.Clean(folder, log);
        var key = $"{data.Hash} {Pixels(data.Train)} {data.Train.Shape} {input}";
        var path = Path.Combine(folder, $"statistics-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16]}.safetensors");
        var kept = Read(path, key, input, log);
        if (group is not null)
            group.Broadcast(JsonSerializer.SerializeToUtf8Bytes(kept));
        if (kept is { } known)
        {
            log.Say($"the statistics of these training images were measured before: {path}");
            return known;
        }
        var measured = ImageStatistics.Measure(data.Train, input, log, group);
        try
        {
            using var scope = NewDisposeScope();
            SafeTensorsFile.Write(path, [.. InputFile.Tensors(measured), new(Seal, tensor(SealOf(key, measured)))]);
        }
        catch (ZfDeclException failure) when (failure.Code == "ZF1204")
        {
            log.Warn(NotKept, $"the statistics of the training images are not kept for the next run: {failure.Message}", path);
        }
        return measured;
    }

    /// <summary>
    /// The hash of a few images, evenly spread. That of the data may cover the names and lengths of files alone, which those of another folder may share.
    /// </summary>
    private static string Pixels(ImageSet images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var pixels = new byte[images.Shape.Count];
        for (var i = 0; i < Math.Min(LookedAt, images.Count); i++)
        {
            images.Read((int)((long)i * images.Count / Math.Min(LookedAt, images.Count)), pixels);
            hash.AppendData(pixels);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ImageStatistics? Read(string path, string key, FeatureShape input, IRunLog log)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using var scope = NewDisposeScope();
            var tensors = SafeTensorsFile.Read(path);
            var statistics = InputFile.Of(tensors, path);
            if (statistics.Mean.Length == input.Count && tensors.TryGetValue(Seal, out var seal) && seal.dtype == ScalarType.Byte
                && seal.data<byte>().ToArray().AsSpan().SequenceEqual(SealOf(key, statistics)))
            {
                return statistics;
            }
            log.Warn("ZF1217", "these statistics of the training images are not what was written; they are measured again", path);
        }
        catch (ZfDeclException damage)
        {
            log.Warn("ZF1217", $"the statistics of the training images are damaged, and are measured again: {damage.Message}", path);
        }
        return null;
    }

    private static byte[] SealOf(string key, ImageStatistics statistics)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(key));
        foreach (var values in (float[][])[statistics.Mean, statistics.ChannelMean, statistics.ChannelDeviation])
            hash.AppendData(MemoryMarshal.AsBytes<float>(values));
        return hash.GetHashAndReset();
    }
}
