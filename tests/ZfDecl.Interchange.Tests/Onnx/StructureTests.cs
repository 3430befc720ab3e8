using Google.Protobuf;
using ZfDecl.Interchange.Onnx.Proto;

namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>
/// Published structures whose weights are made by ConstantOfShape, as ONNX's light models are, filled with random values: the folder that ZFDECL_STRUCTURES names is tried model by model.
/// </summary>
public class StructureTests
{
    internal static readonly string? Folder = Environment.GetEnvironmentVariable("ZFDECL_STRUCTURES");

    public static TheoryData<string> Models => [.. Folder is null ? (string[])[""] : Directory.GetFiles(Folder, "*.onnx")];

    [StructureTheory]
    [MemberData(nameof(Models))]
    public void AStructureWithRandomWeightsYieldsWhatOnnxRuntimeYields(string path)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        Fill(model.Graph, new(11));
        var constants = model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        var input = model.Graph.Input.Single(input => !constants.Contains(input.Name) && input.Type.TensorType.Shape.Dim.Count == 4);
        Judged.Same(model.ToByteArray(), [.. input.Type.TensorType.Shape.Dim.Select(size => size.DimValue)], input.Name);
    }

    /// <summary>Weights of a spread that keeps activations in bounds; variances of a batch normalisation above 0.</summary>
    private static void Fill(GraphProto graph, Random random)
    {
        var variances = graph.Node.Where(node => node.OpType == "BatchNormalization").Select(node => node.Input[4]).ToHashSet();
        foreach (var node in graph.Node.Where(node => node.OpType == "ConstantOfShape").ToList())
        {
            var sizes = graph.Initializer.First(tensor => tensor.Name == node.Input[0]);
            long[] shape = sizes.RawData.Length > 0 ? System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(sizes.RawData.Span).ToArray() : [.. sizes.Int64Data];
            var spread = Math.Sqrt(6.0 / Math.Max(1, shape.Skip(1).Aggregate(1L, (count, side) => count * side)));
            float[] values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (count, side) => count * side)).Select(_ => (float)(variances.Contains(node.Output[0]) ? 0.5 + random.NextDouble() : spread * (2 * random.NextDouble() - 1)))];
            var tensor = ModelWriter.Tensor(values, shape);
            tensor.Name = node.Output[0];
            graph.Initializer.Add(tensor);
            graph.Node.Remove(node);
        }
    }
}
