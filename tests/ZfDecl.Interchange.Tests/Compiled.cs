using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using ZfDecl.Generators.Tests;
using ZfDecl.Interchange.Specs;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Interchange.Tests;

/// <summary>Imported networks as a build makes classes of them, all compiled together, with their weights.</summary>
internal static class Compiled
{
    /// <summary>The networks, in evaluation mode; the caller disposes them.</summary>
    public static IReadOnlyList<ConvNet> All(IReadOnlyList<ImportedNetwork> networks)
    {
        var driver = SpecDriver.Create(networks.Select(network => ($"specs/{network.Name}.yaml", network.Spec))).RunGeneratorsAndUpdateCompilation(SpecDriver.Compilation(), out var output, out _);
        var problems = driver.GetRunResult().Diagnostics.Concat(output.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error));
        Assert.Empty(problems.Select(problem => problem.ToString()));
        using var stream = new MemoryStream();
        Assert.True(output.Emit(stream).Success);
        stream.Position = 0;
        var entries = (IReadOnlyList<NetworkEntry>)new AssemblyLoadContext(null).LoadFromStream(stream).GetType($"{SpecDriver.Namespace}.DeclaredNetworks")!
            .GetProperty("All", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        var byName = entries.ToDictionary(entry => entry.Info.Name);
        return [.. networks.Select(network => Load(byName[network.Name], network))];
    }

    private static ConvNet Load(NetworkEntry entry, ImportedNetwork network)
    {
        Assert.Equal(network.Resolved.Network.Classes, entry.Info.Classes);
        var net = entry.Create(entry.Info.Classes);
        net.eval();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (state, weights) = (net.state_dict(), network.Weights.ToDictionary(tensor => tensor.Name, tensor => tensor.Values));
        Assert.Equal(state.Keys.Where(name => !name.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Order(), weights.Keys.Order());
        foreach (var (name, values) in weights)
        {
            Assert.Equal(state[name].shape, values.Shape);
            state[name].copy_(tensor(values.ToArray(), [.. values.Shape]));
        }
        return net;
    }

    /// <summary>What the last layer yields of a batch.</summary>
    public static float[] Run(ConvNet net, float[] images, long batch, bool probabilities)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var info = net.Info;
        var x = tensor(images, [batch, info.Input.Maps, info.Input.Height, info.Input.Width]);
        var y = probabilities ? net.Probabilities(x) : net.call(x);
        return y.contiguous().data<float>().ToArray();
    }
}
