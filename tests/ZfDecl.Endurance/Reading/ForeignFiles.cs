using System.Text;
using ZfDecl.Interchange.Caffe;
using ZfDecl.Interchange.Tests.Weights;
using ZfDecl.Interchange.Weights;
using ZfDecl.Messages;
using static TorchSharp.torch;

namespace ZfDecl.Endurance.Reading;

/// <summary>Files of other programs that an import reads: weights of PyTorch, TorchSharp and Caffe, and a network of Caffe.</summary>
internal static class ForeignFiles
{
    private const string Prototxt = """
        name: "net" input: "data" input_dim: 1 input_dim: 3 input_dim: 17 input_dim: 15
        layer { name: "conv1" type: "Convolution" bottom: "data" top: "c" convolution_param { num_output: 8 kernel_size: 3 stride: 2 pad: 1 group: 1 } }
        layer { name: "bn1" type: "BatchNorm" bottom: "c" top: "c" } layer { name: "s1" type: "Scale" bottom: "c" top: "c" }
        layer { name: "pool1" type: "Pooling" bottom: "c" top: "p" pooling_param { pool: AVE kernel_h: 3 kernel_w: 2 stride: 2 } }
        layer { name: "sum" type: "Eltwise" bottom: "p" bottom: "p" top: "s" } layer { name: "fc" type: "InnerProduct" bottom: "s" top: "f" inner_product_param { num_output: 5 } }
        layer { name: "prob" type: "Softmax" bottom: "f" top: "prob" }
        """;

    /// <summary>Makes them.</summary>
    public static IEnumerable<ReadFile> Make()
    {
        var file = TorchFile.Of(("conv1.weight", [.. Enumerable.Range(0, 1080).Select(i => i / 7f)], [40, 3, 3, 3]), ("conv1.bias", [.. Enumerable.Range(0, 40).Select(i => i / 3f)], [40]));
        yield return new("weights.pth", file.ToZip(), Weights);
        yield return new("deflated.pth", file.ToZip(System.IO.Compression.CompressionLevel.Optimal), Weights);
        yield return new("older.pth", file.ToLegacy(), Weights);
        yield return new("net.caffemodel", CaffeFile.Of(("conv1", "Convolution", "data", "conv1", [([.. Enumerable.Range(0, 1200).Select(i => i / 7f)], [8, 6, 5, 5])]), ("bn", "BatchNorm", "conv1", "bn", [([1, 2], [2]), ([1, 2], [2]), ([2], [1])])), Weights);
        yield return new("net.dat", Saved(), Weights);
        yield return new("net.prototxt", Encoding.ASCII.GetBytes(Prototxt), path => PrototxtImport.TryRead(path, new("Net", 32), new SilentLog()));
    }

    /// <summary>All values of a file, as an import asks for them.</summary>
    private static void Weights(string path)
    {
        using var content = WeightsReading.TryOpen(path);
        try
        {
            foreach (var tensor in content?.Tensors ?? [])
                tensor.Values.Read(_ => { });
        }
        catch (Exception cause) when (cause is InvalidDataException or EndOfStreamException)
        {
            throw WeightsReading.Damaged(path, cause);
        }
    }

    private static byte[] Saved()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var net = nn.Linear(6, 5);
            net.save(path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
