using static TorchSharp.torch;

namespace ZfDecl.Benchmarks;

/// <summary>Two networks are worth comparing where they compute the same.</summary>
internal static class SameScores
{
    /// <summary>Gives both the same weights, He-distributed, and throws where their scores differ by more than roundings.</summary>
    public static void Ensure(nn.Module<Tensor, Tensor> one, nn.Module<Tensor, Tensor> other, long[] images)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var places = other.state_dict();
        foreach (var (name, tensor) in one.state_dict())
        {
            if (tensor.dim() > 1)
                tensor.copy_(randn(tensor.shape) * Math.Sqrt(2.0 * tensor.shape[0] / tensor.numel()));
            places[name].copy_(tensor);
        }
        one.eval();
        other.eval();
        var x = randn(images);
        var (scores, others) = (one.call(x), other.call(x));
        var difference = ((scores - others).abs().max() / others.abs().max()).item<float>();
        if (!(difference < 1e-5))
            throw new InvalidOperationException($"the scores of {one.GetName()} differ by {difference} of the largest");
    }
}
