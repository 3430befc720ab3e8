using System.Security.Cryptography;
using System.Text;
using ZfDecl.Distributed;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Studies.Transfer;

/// <summary>
/// A layer's feature maps of some images of a set, averaged over the crops that are seen of each, on disk: made once, a few hundred images a file, and each
/// file sealed by a hash of what it holds and what that was made of. A file that is missing, damaged or made of something else is made again.
/// </summary>
/// <remarks>
/// A layer with more than <see cref="MostValues"/> values an image is averaged over a grid of cells, the finest that keeps below: conv1 of a large network
/// would otherwise be gigabytes, and more values than a linear classifier can learn from.
/// </remarks>
internal sealed class LayerFeatures : IDisposable
{
    /// <summary>The most values an image.</summary>
    public const int MostValues = 10_000;

    private const int ImagesInFile = 512;
    private const long MemoryBudget = 512L << 20;       // bytes of files kept in memory

    private readonly string folder;
    private readonly string key;
    private readonly int[] images;
    private readonly Dictionary<int, int> rows;         // of each image
    private readonly Dictionary<int, Tensor> kept = [];

    private LayerFeatures(LayerInfo layer, string folder, string key, int[] images)
    {
        (Layer, this.folder, this.key, this.images) = (layer, folder, key, images);
        rows = images.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
    }

    /// <summary>The layer.</summary>
    public LayerInfo Layer { get; }

    /// <summary>The values of an image.</summary>
    public int Width { get; private set; }

    private int Files => (images.Length + ImagesInFile - 1) / ImagesInFile;

    /// <summary>Opens the features of some layers, and makes those that are not there: one pass over the images for all of them.</summary>
    /// <param name="source">What they are made of.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="images">The images that are wanted, each once.</param>
    /// <param name="folder">The folder that holds all features of the run; deleting it costs time, nothing else.</param>
    /// <param name="log">Shows the progress.</param>
    /// <param name="group">The ranks, which make the files as they become free, in a folder that all of them see; this process alone where null. Collective.</param>
    /// <param name="stop">Ends it; files that are complete stay.</param>
    /// <returns>The features, in the order of the layers; the caller disposes them.</returns>
    /// <exception cref="ZfDeclException">ZF1425: a feature is infinite or not a number; ZF1204: a file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<LayerFeatures> Open(
        FeatureSource source, IReadOnlyList<LayerInfo> layers, int[] images, string folder, IRunLog log, IProcessGroup? group = null, CancellationToken stop = default)
    {
        group ??= AloneGroup.Instance;
        var hash = source.HashOf(images);
        LayerFeatures[] all = [.. layers.Select(layer => new LayerFeatures(layer, Path.Combine(folder, hash[..16], layer.Name), $"{hash} {layer.Name}", images))];
        Gap[] gaps = group.Rank > 0 ? []
            : [.. Enumerable.Range(0, all[0].Files).Select(file => new Gap(file, [.. Enumerable.Range(0, all.Length).Where(layer => !all[layer].Has(file))])).Where(gap => gap.Layers.Length > 0)];
        using var bar = gaps.Length == 0 ? new SilentLog() : log.Start($"features of {string.Join(", ", layers.Select(layer => layer.Name))}", gaps.Sum(gap => (long)all[0].ImagesOf(gap.File).Length), "images");
        WorkSharing.Run(group, gaps, (gap, token) => Make(source, gap.File, [.. gap.Layers.Select(layer => all[layer])], token), (gap, widths) =>
        {
            foreach (var (layer, width) in gap.Layers.Zip(widths))
                all[layer].Width = width;
            bar.Advance(all[0].ImagesOf(gap.File).Length);
        }, stop);
        foreach (var (features, width) in all.Zip(WorkSharing.FromFirst(group, [.. all.Select(features => features.Width)])))
            features.Width = width;
        return all;
    }

    /// <summary>A file that some layers lack, by their numbers.</summary>
    private sealed record Gap(int File, int[] Layers);

    /// <summary>The features of some images.</summary>
    /// <param name="wanted">Indices of images that were opened, in any order.</param>
    /// <returns>[N, <see cref="Width"/>], float32, on the CPU; the caller disposes it.</returns>
    /// <exception cref="ZfDeclException">ZF1227: a file has been damaged since it was opened.</exception>
    public Tensor Rows(IReadOnlyList<int> wanted)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var values = empty([wanted.Count, Width], ScalarType.Float32);
        foreach (var ofFile in wanted.Select((image, position) => (Row: rows[image], Position: position)).GroupBy(pair => pair.Row / ImagesInFile))
        {
            using var inner = NewDisposeScope();
            var positions = tensor(ofFile.Select(pair => (long)pair.Position).ToArray());
            var from = tensor(ofFile.Select(pair => (long)(pair.Row % ImagesInFile)).ToArray());
            values.index_copy_(0, positions, Read(ofFile.Key).index_select(0, from));
        }
        return values.MoveToOuterDisposeScope();
    }

    /// <summary>Frees what is kept in memory; the files stay.</summary>
    public void Dispose()
    {
        foreach (var tensor in kept.Values)
            tensor.Dispose();
        kept.Clear();
    }

    /// <returns>The values of an image in each of the layers.</returns>
    private static int[] Make(FeatureSource source, int file, LayerFeatures[] missing, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var parts = missing.ToDictionary(features => features, _ => new List<Tensor>());
        source.Record(missing[0].ImagesOf(file), recording =>
        {
            foreach (var (features, seen) in parts)
                seen.Add(Values(recording.FeatureMaps(features.Layer.Index), source.CropCount));
        });
        foreach (var (features, seen) in parts)
            features.Write(file, cat(seen));
        return [.. missing.Select(features => features.Width)];
    }

    /// <summary>[N · crops, maps, height, width] or [N · crops, units] → [N, values], on the CPU.</summary>
    private static Tensor Values(Tensor maps, int crops)
    {
        using var scope = NewDisposeScope();
        if (maps.dim() == 4 && maps.shape[1] * maps.shape[2] * maps.shape[3] > MostValues)
        {
            var side = Math.Max(1, (long)Math.Sqrt((double)MostValues / maps.shape[1]));
            maps = adaptive_avg_pool2d(maps, [Math.Min(side, maps.shape[2]), Math.Min(side, maps.shape[3])]);
        }
        return maps.flatten(1).unflatten(0, [-1, crops]).mean([1L]).cpu().MoveToOuterDisposeScope();      // a copy also of a single crop
    }

    private void Write(int file, Tensor values)
    {
        if (!values.isfinite().all().item<bool>())
            throw new ZfDeclException("ZF1425", $"layer '{Layer.Name}' yields values that are infinite or NaN; the weights are unusable: train again with a lower learning-rate");
        SafeTensorsFile.Write(PathOf(file), [new("features", values), new("seal", Seal(values))]);
        Width = (int)values.shape[1];
    }

    private bool Has(int file)
    {
        using var scope = NewDisposeScope();
        return File.Exists(PathOf(file)) && Whole(file) is { } values && (Width = (int)values.shape[1]) > 0;
    }

    // Those that fit into memory stay there.
    private Tensor Read(int file)
    {
        if (kept.TryGetValue(file, out var here))
            return here;
        var values = Whole(file) is { } whole && whole.shape[1] == Width ? whole
            : throw new ZfDeclException("ZF1227", $"these features of layer '{Layer.Name}' were whole when they were opened, and are not any more. Repeat the command: it makes them again", PathOf(file));
        if ((kept.Count + 1L) * ImagesInFile * Width * sizeof(float) <= MemoryBudget)
            kept.Add(file, values.DetachFromDisposeScope());
        return values;
    }

    /// <summary>The features in a file, [N, <see cref="Width"/>]; null where it is damaged, or made of something else. Only reading all of it tells.</summary>
    private Tensor? Whole(int file)
    {
        try
        {
            var tensors = SafeTensorsFile.Read(PathOf(file));
            return tensors.TryGetValue("features", out var values) && tensors.TryGetValue("seal", out var seal) && values.dim() == 2 && values.dtype == ScalarType.Float32
                && values.shape[0] == ImagesOf(file).Length && seal.dtype == ScalarType.Byte && seal.data<byte>().ToArray().AsSpan().SequenceEqual(Seal(values).data<byte>().ToArray())
                ? values : null;
        }
        catch (ZfDeclException)
        {
            return null;
        }
    }

    private Tensor Seal(Tensor values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(key));
        hash.AppendData(values.bytes);
        GC.KeepAlive(values);
        return tensor(hash.GetHashAndReset());
    }

    private int[] ImagesOf(int file) => images[(file * ImagesInFile)..Math.Min((file + 1) * ImagesInFile, images.Length)];

    private string PathOf(int file) => Path.Combine(folder, FormattableString.Invariant($"{file:0000}.safetensors"));
}
