using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>Random networks, compiled together once.</summary>
internal static class RandomNetworks
{
    private const int Count = 24;

    public static IReadOnlyList<RandomNet> Nets { get; } = [.. Enumerable.Range(0, Count).SelectMany(seed => new[] { RandomNet.Of(seed), RandomNet.Of(seed, gapless: true) })];

    /// <summary>The same with more maps than a vector has values.</summary>
    public static IReadOnlyList<RandomNet> Wide { get; } = [.. Enumerable.Range(0, Count / 2).Select(seed => RandomNet.Of(seed, wide: true))];

    private static Lazy<IReadOnlyList<NetworkEntry>> Compiled { get; } = new(() => SpecCompilation.Of([.. Nets.Concat(Wide).Select(net => ($"specs/{net.Name}.yaml", net.Spec()))]).Load());

    /// <summary>Makes a network of <see cref="Nets"/> or <see cref="Wide"/>, with random weights, normal and of standard deviation √(2 / fan-in), biases and running statistics; the caller owns it.</summary>
    public static ConvNet Create(RandomNet net, int seed) => Create(Compiled.Value, net.Name, seed);

    /// <summary>Makes a network that is none of these.</summary>
    public static ConvNet Compile(RandomNet net, int seed) => Create(SpecCompilation.Of(net.Spec()).Load(), net.Name, seed);

    /// <summary>Makes the network of that name among some that are compiled, likewise.</summary>
    public static ConvNet Create(IReadOnlyList<NetworkEntry> entries, string name, int seed)
    {
        var entry = entries.Single(entry => entry.Info.Name == name);
        var module = entry.Create(entry.Info.Classes);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        foreach (var (key, tensor) in module.state_dict().Where(entry => entry.Value.is_floating_point()))
        {
            if (key.EndsWith("running_var", StringComparison.Ordinal))
                tensor.copy_(rand(tensor.shape, generator: generator) + 0.5);
            else if (key.StartsWith("batch", StringComparison.Ordinal))
                tensor.copy_(randn(tensor.shape, generator: generator));
            else
                tensor.copy_(randn(tensor.shape, generator: generator) * (tensor.dim() > 1 ? Math.Sqrt(2.0 * tensor.shape[0] / tensor.numel()) : 0.1));
        }
        return module;
    }
}
