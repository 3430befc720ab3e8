using System.Runtime.InteropServices;
using TorchSharp.Modules;
using ZfDecl.Distributed;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Training.DataParallel;

/// <summary>
/// Sums the gradients of all ranks' parts. Large ones are summed where they lie, and may begin within the backward pass; small ones, the statistics that batch normalisation has moved on each rank, and
/// what else ranks have to tell each other of a step go together in one message, as each message costs time of its own.
/// </summary>
/// <param name="group">The ranks.</param>
/// <param name="parameters">What is trained.</param>
/// <param name="averaged">What each rank has of its own and all are to have the mean of; float32.</param>
internal sealed unsafe class GradientSum(IProcessGroup group, IReadOnlyList<Parameter> parameters, IReadOnlyList<Tensor> averaged) : IDisposable
{
    /// <summary>The most values that a step may have summed besides.</summary>
    internal const int MostValues = 8;

    private const long Large = 1 << 16;         // elements

    private readonly float* together = (float*)NativeMemory.AlignedAlloc((nuint)((parameters.Sum(one => Math.Min(one.numel(), Large)) + averaged.Sum(one => one.numel()) + MostValues) * sizeof(float)), 64);
    private readonly List<(Parameter Parameter, Tensor Gradient)> gradients = [];
    private readonly List<IPendingTransfer> under = [];
    private Tensor[] small = [], means = [];

    /// <summary>Whether a parameter is summed by itself.</summary>
    internal static bool IsLarge(Tensor parameter) => parameter.numel() > Large;

    /// <summary>Begins a large sum within the backward pass; collective. The parameter has its gradient.</summary>
    internal void BeginEarly(Parameter parameter)
    {
        if (parameter.grad is not null)
            BeginLarge(parameter, InOrderOf(parameter));
    }

    /// <summary>Begins all sums that are not under way; collective.</summary>
    /// <param name="has">Whether a parameter has the gradient of the whole minibatch already.</param>
    /// <param name="values">What else is summed; at most <see cref="MostValues"/>.</param>
    internal void Begin(Func<Tensor, bool> has, ReadOnlySpan<float> values)
    {
        using var noGrad = no_grad();
        List<Tensor> few = [];
        foreach (var parameter in parameters.Where(one => !has(one) && !gradients.Exists(begun => ReferenceEquals(begun.Parameter, one))))
        {
            var gradient = InOrderOf(parameter);
            if (IsLarge(gradient))
            {
                BeginLarge(parameter, gradient);
                continue;
            }
            gradients.Add((parameter, gradient));
            few.Add(gradient);
        }
        means = [.. averaged.Select(one => one.cpu().contiguous().DetachFromDisposeScope())];
        small = [.. few, .. means];
        values.CopyTo(new(together, values.Length));
        long used = values.Length;
        foreach (var tensor in small)
        {
            Values(tensor).CopyTo(new Span<float>(together + used, (int)tensor.numel()));
            used += tensor.numel();
        }
        under.Add(group.BeginSum((nint)together, used));
    }

    /// <summary>Waits for all sums; each trained parameter then has the same gradient on all ranks.</summary>
    /// <param name="values">As of <see cref="Begin"/>; gets the sums.</param>
    internal void End(Span<float> values)
    {
        using var noGrad = no_grad();
        foreach (var transfer in under)
            transfer.Wait();
        new ReadOnlySpan<float>(together, values.Length).CopyTo(values);
        long used = values.Length;
        foreach (var tensor in small)
        {
            new Span<float>(together + used, (int)tensor.numel()).CopyTo(Values(tensor));
            used += tensor.numel();
        }
        using var scope = NewDisposeScope();
        foreach (var (parameter, gradient) in gradients)
            parameter.grad = gradient.to(parameter.device);
        foreach (var (tensor, sum) in averaged.Zip(means))
            tensor.copy_(sum.div_(group.Size));
        Clear();
    }

    public void Dispose()
    {
        Clear();
        NativeMemory.AlignedFree(together);
    }

    private void BeginLarge(Parameter parameter, Tensor gradient)
    {
        gradients.Add((parameter, gradient));
        under.Add(group.BeginSum((nint)TensorMemory.Of<float>(gradient), gradient.numel()));
    }

    private void Clear()
    {
        foreach (var tensor in gradients.Select(one => one.Gradient).Concat(means))
            tensor.Dispose();
        gradients.Clear();
        under.Clear();
        (small, means) = ([], []);
    }

    // In memory as the parameter is, which is alike on all ranks; a rank without images has a gradient of zeros. It outlives the scope that it is made in.
    private static Tensor InOrderOf(Parameter parameter)
    {
        using var scope = NewDisposeScope();
        if (parameter.grad is not { } gradient)
            return zeros_like(parameter).cpu().DetachFromDisposeScope();
        var ordered = gradient.stride().AsSpan().SequenceEqual(parameter.stride()) ? gradient : empty_like(parameter).copy_(gradient);
        return ordered.cpu().alias().DetachFromDisposeScope();
    }

    private static Span<float> Values(Tensor tensor) => new(TensorMemory.Of<float>(tensor), (int)tensor.numel());
}
