using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// The update of <see cref="Sgd"/> in one pass over memory. Every value is computed by itself with the same roundings, so that neither the width of
/// the vectors nor the number of threads changes a bit of the result.
/// </summary>
internal static unsafe class SgdKernel
{
    private const int ChunkLength = 1 << 18;

    /// <summary>Whether a tensor's memory can be worked on directly.</summary>
    internal static bool Takes(Tensor tensor) =>
        tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32 && TensorMemory.IsDense(tensor);

    /// <summary>v ← momentum · v + g + decay · p, then p ← p − rate · v. All three are dense floats on the CPU, of one shape and the same strides.</summary>
    /// <param name="parameter">p.</param>
    /// <param name="gradient">g.</param>
    /// <param name="velocity">v.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="momentum">The share of the velocity that stays.</param>
    /// <param name="decay">The weight decay.</param>
    internal static void Update(Tensor parameter, Tensor gradient, Tensor velocity, float rate, float momentum, float decay)
    {
        var length = parameter.numel();
        float* p = TensorMemory.Of<float>(parameter), g = TensorMemory.Of<float>(gradient), v = TensorMemory.Of<float>(velocity);
        Parallel.For(0, (length + ChunkLength - 1) / ChunkLength, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, chunk =>
        {
            var start = chunk * ChunkLength;
            var count = (int)Math.Min(ChunkLength, length - start);
            UpdateChunk(new(p + start, count), new(g + start, count), new(v + start, count), rate, momentum, decay);
        });
        GC.KeepAlive(parameter);
        GC.KeepAlive(gradient);
        GC.KeepAlive(velocity);
    }

    private static void UpdateChunk(Span<float> p, ReadOnlySpan<float> g, Span<float> v, float rate, float momentum, float decay)
    {
        var wideP = MemoryMarshal.Cast<float, Vector<float>>(p);
        var wideG = MemoryMarshal.Cast<float, Vector<float>>(g);
        var wideV = MemoryMarshal.Cast<float, Vector<float>>(v);
        for (var i = 0; i < wideP.Length; i++)
        {
            wideV[i] = wideV[i] * momentum + (wideG[i] + wideP[i] * decay);
            wideP[i] -= wideV[i] * rate;
        }
        for (var i = wideP.Length * Vector<float>.Count; i < p.Length; i++)
        {
            v[i] = v[i] * momentum + (g[i] + p[i] * decay);
            p[i] -= v[i] * rate;
        }
    }
}
