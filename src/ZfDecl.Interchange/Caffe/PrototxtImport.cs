using System.Text;
using ZfDecl.Files;
using ZfDecl.Interchange.Declared;
using ZfDecl.Interchange.Problems;
using ZfDecl.Interchange.Specs;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Caffe;

/// <summary>A network as Caffe declares it, <c>.prototxt</c>: a text of layers, without weights.</summary>
internal static class PrototxtImport
{
    private const long MostBytes = 16 << 20;
    private const int Looked = 4096, MostSide = 65536, MostLayers = 10_000;

    /// <summary>Layers that are there for the training alone, or bring images.</summary>
    private static readonly string[] Aside = ["Data", "ImageData", "MemoryData", "HDF5Data", "WindowData", "DummyData", "Input", "Accuracy", "SoftmaxWithLoss", "SigmoidCrossEntropyLoss", "EuclideanLoss", "HingeLoss", "InfogainLoss", "MultinomialLogisticLoss", "ContrastiveLoss", "Silence"];

    /// <summary>The network; null where the file is of another kind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="log">Hears what is left out.</param>
    /// <exception cref="ZfDeclException">ZF1602: it is damaged; ZF1603, ZF1605: it cannot be declared; ZF1202, ZF1144, ZF1222: it cannot be read.</exception>
    public static ImportedNetwork? TryRead(string path, ImportRequest request, IRunLog log)
    {
        try
        {
            if (!IsText(path))
                return null;
            var net = PrototxtText.Read(RegularFile.ReadInput(path, MostBytes));
            CaffeLayer[] layers = [.. net.Nodes("layer").Concat(net.Nodes("layers")).Select(node => new CaffeLayer(node)).Where(layer => layer.IsInUse)];
            if (layers.Length is 0 or > MostLayers)
                throw new InvalidDataException($"it declares {layers.Length} layers");
            return Read(path, net, layers, request, log);
        }
        catch (Exception cause) when (cause is InvalidDataException or OverflowException or ArgumentException)
        {
            throw new ZfDeclException("ZF1602", $"'{path}' is not a whole prototxt of Caffe: {cause.Message}. Copy it again from where it came from", path, cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotRead(path, cause, "name another file");
        }
    }

    private static ImportedNetwork Read(string path, PrototxtNode net, CaffeLayer[] layers, ImportRequest request, IRunLog log)
    {
        var (image, isOpen) = ImageOf(net, layers, request.Side);
        if (isOpen)
            log.Say($"the file does not say how large images are; the network takes {image.Height}×{image.Width}: name another size with `size`");
        var (graph, problems) = (new PrototxtGraph(image, [.. net.Texts("input"), .. layers.Where(layer => Aside.Contains(layer.Type)).SelectMany(layer => layer.Top)]), new ImportProblems());
        foreach (var layer in layers.Where(layer => !Aside.Contains(layer.Type)))
        {
            try
            {
                graph.Add(layer);
            }
            catch (NotDeclarableException problem)
            {
                problems.Add(layer.Type, layer.Name, problem);
            }
        }
        problems.Throw(path);
        if (graph.Ends is not [.., var end])
            throw new ZfDeclException("ZF1603", $"'{path}' declares no layer that a spec knows", path);
        if (graph.Ends.Count > 1)
            log.Say($"a network has one output, so these are left out: {string.Join(", ", graph.Ends.SkipLast(1).Select(layer => layer.Given))}");
        var provenance = new Provenance(Path.GetFileName(path), RegularFile.Sha256(path), "Caffe prototxt", "", "");
        return ImportedNetwork.Of(request.Name, new(image, graph.Layers, end), PreprocessOf(layers, image.Maps), provenance, path, isSimple: true);
    }

    /// <summary>A text that declares layers.</summary>
    private static bool IsText(string path)
    {
        using var file = RegularFile.OpenInput(path, long.MaxValue);
        var start = new byte[Looked];
        start = start[..file.ReadAtLeast(start, Looked, throwOnEndOfStream: false)];
        return start.All(sign => sign is >= 32 or (byte)'\n' or (byte)'\r' or (byte)'\t') && Encoding.Latin1.GetString(start) is var text && (text.Contains("layer", StringComparison.Ordinal) || text.Contains("input", StringComparison.Ordinal)) && text.Contains('{', StringComparison.Ordinal);
    }

    private static (DraftShape Shape, bool IsOpen) ImageOf(PrototxtNode net, CaffeLayer[] layers, int side)
    {
        var inputs = layers.Where(layer => layer.Type is "Input" or "Data" or "ImageData" or "MemoryData").Select(layer => layer.Node).ToList();
        double[] sizes = [.. net.Numbers("input_dim").Take(4)];
        if (sizes.Length == 0)
            sizes = net.Node("input_shape").Numbers("dim");
        if (sizes.Length == 0)
            sizes = inputs.Select(input => input.Node("input_param").Node("shape").Numbers("dim")).FirstOrDefault(dim => dim.Length > 0) ?? [];
        if (sizes.Length == 0 && inputs.Select(input => input.Node("memory_data_param")).FirstOrDefault(memory => memory.Texts("channels").Length > 0) is { } memory)
            sizes = [1, memory.Number("channels", 3), memory.Number("height", side), memory.Number("width", side)];
        var isOpen = sizes.Length == 0;
        if (isOpen && inputs.Select(input => input.Node("transform_param").Number("crop_size", 0)).FirstOrDefault(crop => crop > 0) is > 0 and var cropped)
            (sizes, isOpen) = ([1, 3, cropped, cropped], false);
        if (isOpen)
            sizes = [1, 3, side, side];
        return sizes is [_, >= 1 and <= MostSide and var channels, >= 1 and <= MostSide and var height, >= 1 and <= MostSide and var width] ? (new((int)channels, (int)height, (int)width), isOpen)
            : throw new InvalidDataException($"its input is [{string.Join(", ", sizes)}], and should be an image [N, C, H, W]");
    }

    /// <summary>What is done to pixels, where a layer that brings images says so. Caffe takes blue first.</summary>
    private static PreprocessText PreprocessOf(CaffeLayer[] layers, int channels)
    {
        var transform = layers.Select(layer => layer.Node.Node("transform_param")).FirstOrDefault(node => node.Texts("mean_value").Length + node.Texts("mean_file").Length + node.Texts("scale").Length > 0);
        if (transform is null)
            return PreprocessText.Unknown with { Keys = channels == 3 ? [("channels", "bgr"), .. PreprocessText.Unknown.Keys] : PreprocessText.Unknown.Keys };
        var (means, scale) = (transform.Numbers("mean_value"), transform.Number("scale", 1));
        if (scale <= 0)
            throw new InvalidDataException($"pixels are multiplied by {scale}");
        double[] mean = means.Length == channels ? [.. means.Reverse()] : [.. Enumerable.Repeat(means.FirstOrDefault(), channels)];
        var stated = PreprocessText.Of(channels == 3, mean, [.. Enumerable.Repeat(1 / scale, channels)]);
        return transform.Texts("mean_file").Length == 0 ? stated : stated with { Keys = [.. stated.Keys.Select(key => key.Key == "subtract" ? ("subtract", "pixel-mean") : key)] };
    }
}
