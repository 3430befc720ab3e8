using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.KindTable;

/// <summary>A network for each kind, compiled together once.</summary>
internal static class KindNetworks
{
    private static readonly Lazy<IReadOnlyList<NetworkEntry>> Compiled = new(() => SpecCompilation.Of([.. KindRow.All.Select(row => ($"specs/{row.Kind}.yaml", row.Spec))]).Load());

    /// <summary>The network of a kind with weights of chance, in evaluation mode; the caller owns it.</summary>
    public static ConvNet Create(KindRow row)
    {
        var net = Compiled.Value.Single(entry => entry.Info.Name == row.Network).Create(10);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        foreach (var (name, tensor) in net.state_dict().Where(entry => entry.Value.is_floating_point()))
        {
            var values = randn(tensor.shape, generator: generator);
            tensor.copy_(name.EndsWith("running_var", StringComparison.Ordinal) ? values.square() + 0.5 : values * (tensor.dim() > 1 ? Math.Sqrt(2.0 * tensor.shape[0] / tensor.numel()) : 0.3));
        }
        net.eval();
        return net;
    }
}
