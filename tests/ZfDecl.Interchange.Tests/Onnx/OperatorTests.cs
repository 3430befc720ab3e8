using ZfDecl.Interchange.Specs;

namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>Every operator with random attributes, against ONNX Runtime. More rounds are asked for with the environment variable ZFDECL_ROUNDS.</summary>
public class OperatorTests
{
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("ZFDECL_ROUNDS") ?? "5", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void EveryOperatorComputesWhatOnnxRuntimeComputes()
    {
        using var folder = new TemporaryFolder();
        var cases = new List<(string Kind, byte[] Model, long[] Shape, ImportedNetwork Network)>();
        for (var seed = 0; seed < Rounds * RandomNodes.Kinds.Count; seed++)
        {
            var nodes = new RandomNodes(seed);
            var (model, shape) = nodes.Next();
            cases.Add(($"{nodes.Kind}, seed {seed}", model, shape, Imported.Of(folder, model, $"Case{seed}")));
        }
        var networks = Compiled.All([.. cases.Select(one => one.Network)]);
        var wrong = new List<string>();
        foreach (var (net, one) in networks.Zip(cases))
        {
            if (Judged.Difference(net, one.Network, one.Model, one.Shape) is { } difference)
                wrong.Add($"{one.Kind}: {difference}\n{one.Network.Spec}");
            net.Dispose();
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Count}:\n{string.Join("\n", wrong.Take(5))}");
    }
}
