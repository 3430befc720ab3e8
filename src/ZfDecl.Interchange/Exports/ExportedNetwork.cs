using ZfDecl.Data.Batching;
using ZfDecl.Interchange.Tensors;
using static TorchSharp.torch;

namespace ZfDecl.Interchange.Exports;

/// <summary>A network with its weights and all that others need to know of it, on its way to another program.</summary>
internal sealed record ExportedNetwork
{
    /// <summary>Its spec.</summary>
    public required ExportedSpec Spec { get; init; }

    /// <summary>The names of its classes, in the order of its outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>What its images are prepared with, as far as the spec does not say it; null where nobody has measured it.</summary>
    public required ImageStatistics? Statistics { get; init; }

    /// <summary>Its weights, <c>state_dict</c>; owned by the caller.</summary>
    public required IReadOnlyDictionary<string, Tensor> Weights { get; init; }

    /// <summary>The licence of its weights; empty where none is known.</summary>
    public string Licence { get; init; } = "";

    public string Name => Spec.Network.Name;

    /// <summary>What is done to its pixels; null where it takes means that nobody has measured.</summary>
    public PixelNormalisation? Pixels
    {
        get
        {
            var (recipe, input) = (Spec.Preprocess, Spec.Network.Input);
            return Statistics is { } statistics ? PixelNormalisation.Of(new(input.Maps, input.Height, input.Width), recipe, statistics)
                : recipe.NeedsStatistics() ? null : PixelNormalisation.Of(new(input.Maps, input.Height, input.Width), recipe, new() { Mean = [], ChannelMean = [], ChannelDeviation = [] });
        }
    }

    /// <summary>The values of a weight.</summary>
    public TensorSource WeightOf(string name) => new TorchTensor(Weights[name]);

    private sealed class TorchTensor(Tensor tensor) : TensorSource(tensor.shape)
    {
        public override void Read(Action<ReadOnlySpan<float>> sink)
        {
            using var scope = NewDisposeScope();
            var values = tensor.detach().to(ScalarType.Float32).cpu().contiguous();
            if (Count > 0)
                sink(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(values.bytes));
            GC.KeepAlive(values);
        }
    }
}
