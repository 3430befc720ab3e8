using ZfDecl.Data.Batching;
using ZfDecl.Generators.Tests;
using ZfDecl.Interchange.Exports;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Interchange.Tests.Exports;

/// <summary>Networks with random weights, on their way to other programs.</summary>
internal static class Exported
{
    /// <summary>Specs given as text, compiled together.</summary>
    public static IReadOnlyList<NetworkEntry> Compile(params IEnumerable<string> specs) => SpecCompilation.Of([.. specs.Select((spec, i) => ($"specs/spec{i}.yaml", spec))]).Load();

    /// <summary>A network with weights, scales and running statistics of chance, in evaluation mode; the caller disposes it.</summary>
    public static ConvNet Create(NetworkEntry entry, int? classes = null)
    {
        var net = entry.Create(classes ?? entry.Info.Classes);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator(11);
        foreach (var (name, tensor) in net.state_dict())
        {
            if (!tensor.is_floating_point())
                tensor.fill_(640);
            else if (name.EndsWith("running_var", StringComparison.Ordinal))
                tensor.copy_(rand(tensor.shape, generator: generator) + 0.5);
            else if (tensor.dim() > 1)
                tensor.copy_(randn(tensor.shape, generator: generator) * Math.Sqrt((tensor.dim() == 2 ? 0.1 : 2) * tensor.shape[0] / tensor.numel()));      // small scores: a softmax would enlarge what rounding leaves
            else
                tensor.copy_(name.EndsWith("weight", StringComparison.Ordinal) ? rand(tensor.shape, generator: generator) + 0.5 : randn(tensor.shape, generator: generator) * 0.3);
        }
        net.eval();
        return net;
    }

    /// <summary>The network as an export takes it; its weights are those of the module.</summary>
    public static ExportedNetwork Of(ConvNet net, string? written = null, ImageStatistics? statistics = null, IReadOnlyList<string>? labels = null) => new()
    {
        Spec = ExportedSpec.Of(net.Info, written, net.Classes),
        Classes = labels ?? [.. Enumerable.Range(0, net.Classes).Select(index => $"class {index}, or so")],
        Statistics = statistics ?? Statistics(net.Info),
        Weights = net.state_dict(),
    };

    /// <summary>Means and deviations as a training set might have them.</summary>
    public static ImageStatistics Statistics(NetworkInfo info) => new()
    {
        Mean = [.. Enumerable.Range(0, (int)info.Input.Count).Select(i => 100 + 50 * MathF.Sin(i))],
        ChannelMean = [.. Enumerable.Range(0, info.Input.Maps).Select(i => 110.25f + i)],
        ChannelDeviation = [.. Enumerable.Range(0, info.Input.Maps).Select(i => 60.7f - i)],
    };

    /// <summary>Images of chance, [batch, channels, height, width].</summary>
    public static float[] Images(NetworkInfo info, int batch)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, (int)(batch * info.Input.Count)).Select(_ => (float)(2 * random.NextDouble() - 1))];
    }
}
