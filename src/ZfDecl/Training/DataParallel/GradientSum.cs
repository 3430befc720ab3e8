using System.Runtime.InteropServices;
using TorchSharp.Modules;
using ZfDecl.Distributed;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Training.DataParallel;

/// <summary>
/// Sums the gradients of all ranks' parts. Large ones are summed where they lie; small ones, and the statistics that batch normalisation has moved on each rank, go together in one message, as
/// each message costs time of its own.
/// </summary>
/// <param name="group">The ranks.</param>
/// <param name="parameters">What is trained.</param>
/// <param name="averaged">What each rank has of its own and all are to have the mean of; float32.</param>
internal sealed unsafe class GradientSum(IProcessGroup group, IReadOnlyList<Parameter> parameters, IReadOnlyList<Tensor> averaged) : IDisposable
{
    private const long Large = 1 << 16;         // elements

    private readonly float* together = (float*)NativeMemory.AlignedAlloc((nuint)((parameters.Sum(one => Math.Min(one.numel(), Large)) + averaged.Sum(one => one.numel()) + 1) * sizeof(float)), 64);

    /// <summary>Sums; collective. Afterwards each trained parameter has the same gradient on all ranks.</summary>
    /// <param name="has">Whether a parameter has the gradient of the whole minibatch already.</param>
    internal void Run(Func<Tensor, bool> has)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        List<(Parameter Parameter, Tensor Gradient)> gradients = [.. parameters.Where(one => !has(one)).Select(one => (one, InOrderOf(one)))];
        Tensor[] means = [.. averaged.Select(one => one.cpu().contiguous())];
        List<IPendingTransfer> under = [];
        foreach (var (_, gradient) in gradients.Where(one => one.Gradient.numel() > Large))
            under.Add(group.BeginSum((nint)TensorMemory.Of<float>(gradient), gradient.numel()));
        Tensor[] small = [.. gradients.Where(one => one.Gradient.numel() <= Large).Select(one => one.Gradient), .. means];
        var used = 0L;
        foreach (var tensor in small)
        {
            Values(tensor).CopyTo(new Span<float>(together + used, (int)tensor.numel()));
            used += tensor.numel();
        }
        under.Add(group.BeginSum((nint)together, used));
        foreach (var transfer in under)
            transfer.Wait();
        used = 0;
        foreach (var tensor in small)
        {
            new Span<float>(together + used, (int)tensor.numel()).CopyTo(Values(tensor));
            used += tensor.numel();
        }
        foreach (var (parameter, gradient) in gradients)
            parameter.grad = gradient.to(parameter.device);
        foreach (var (tensor, sum) in averaged.Zip(means))
            tensor.copy_(sum.div_(group.Size));
    }

    public void Dispose() => NativeMemory.AlignedFree(together);

    // In memory as the parameter is, which is alike on all ranks; a rank without images has a gradient of zeros.
    private static Tensor InOrderOf(Parameter parameter)
    {
        if (parameter.grad is not { } gradient)
            return zeros_like(parameter).cpu();
        var ordered = gradient.stride().AsSpan().SequenceEqual(parameter.stride()) ? gradient : empty_like(parameter).copy_(gradient);
        return ordered.cpu();
    }

    private static Span<float> Values(Tensor tensor) => new(TensorMemory.Of<float>(tensor), (int)tensor.numel());
}
