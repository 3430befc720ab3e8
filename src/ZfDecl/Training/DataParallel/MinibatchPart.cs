using TorchSharp.Modules;
using ZfDecl.Data;
using ZfDecl.Distributed;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Training.DataParallel;

/// <summary>The images of a minibatch that a rank holds, step by step.</summary>
/// <param name="group">The ranks.</param>
/// <param name="seed">The seed of the run.</param>
/// <param name="syncsNorm">Whether batch normalisation takes the statistics of the whole minibatch.</param>
/// <param name="exchange">What dense layers give each other.</param>
internal sealed class MinibatchPart(IProcessGroup group, int seed, bool syncsNorm, DenseExchange exchange) : IBatchPart
{
    private long step;
    private IReadOnlyList<int> images = [];
    private int wholeCount;

    /// <summary>Begins a step.</summary>
    /// <param name="number">Its number in the run.</param>
    /// <param name="own">The indices of this rank's images.</param>
    /// <param name="whole">How many images all ranks have.</param>
    internal void Begin(long number, IReadOnlyList<int> own, int whole)
    {
        (step, images, wholeCount) = (number, own, whole);
        exchange.Begin(whole);
    }

    /// <inheritdoc/>
    public unsafe Tensor Dropout(Tensor x, double rate, string layer)
    {
        using var scope = NewDisposeScope();
        var mask = empty(x.shape, ScalarType.Float32);
        var (values, length, kept) = ((nint)TensorMemory.Of<float>(mask), (int)(x.numel() / images.Count), (float)(1 / (1 - rate)));
        var own = seed ^ Number(layer);
        Parallel.For(0, images.Count, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, i =>
        {
            var random = new AugmentationRandom(own, (int)step, images[i]);
            foreach (ref var value in new Span<float>((float*)values + ((long)i * length), length))
                value = random.NextDouble() < rate ? 0 : kept;
        });
        GC.KeepAlive(mask);
        return (x * mask.to(x.device)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor? Normalise(NormBase module, Tensor x, double momentum, double epsilon)
    {
        if (!syncsNorm)
            return null;
        using var scope = NewDisposeScope();
        long[] over = x.dim() == 4 ? [0, 2, 3] : [0], each = x.dim() == 4 ? [1, -1, 1, 1] : [1, -1];
        var count = wholeCount * (x.dim() == 4 ? x.shape[2] * x.shape[3] : 1);
        var mean = AllSum.Of(x.sum(over), group) / count;                                               // [maps]
        var centred = x - mean.reshape(each);
        var variance = AllSum.Of(centred.square().sum(over), group) / count;                            // [maps]
        using (no_grad())
        {
            module.running_mean!.mul_(1 - momentum).add_(mean, alpha: momentum);
            module.running_var!.mul_(1 - momentum).add_(variance * ((double)count / Math.Max(1, count - 1)), alpha: momentum);
        }
        var normalised = centred * (variance + epsilon).rsqrt().reshape(each);
        return (normalised * module.weight!.reshape(each) + module.bias!.reshape(each)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor? Dense(Linear layer, Tensor x) => exchange.Apply(layer, x);

    // FNV-1a: the same on every machine, unlike string.GetHashCode.
    private static int Number(string name) => unchecked((int)name.Aggregate(2166136261, (hash, letter) => (hash ^ letter) * 16777619));
}
