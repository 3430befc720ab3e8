using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>Random networks that branch and join, of blocks and of anything, compiled together once.</summary>
internal static class RandomGraphs
{
    private const int Count = 12;

    private static readonly (string Name, string Spec)[] All =
        [.. BlockGraph.All.Select(graph => (graph.Name, graph.Spec)), .. Enumerable.Range(0, Count).Select(RandomGraph.Of).Select(graph => (graph.Name, graph.Spec()))];

    private static readonly Lazy<IReadOnlyList<NetworkEntry>> Compiled = new(() => SpecCompilation.Of([.. All.Select(graph => ($"specs/{graph.Name}.yaml", graph.Spec))]).Load());

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(graph => graph.Name)];

    /// <summary>The network with random weights and running statistics; the caller owns it.</summary>
    public static ConvNet Create(string name) => RandomNetworks.Create(Compiled.Value, name, SeedOf(name));

    /// <summary>Its place among them.</summary>
    public static int SeedOf(string name) => Names.Index().Single(one => one.Item == name).Index;

    /// <summary>Random images, [count, channels, height, width].</summary>
    public static Tensor Images(ConvNet net, int seed, int count)
    {
        using var generator = new Generator((ulong)seed);
        return randn([count, net.Info.Input.Maps, net.Info.Input.Height, net.Info.Input.Width], generator: generator);
    }
}
