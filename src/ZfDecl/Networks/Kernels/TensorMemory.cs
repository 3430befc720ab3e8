using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ZfDecl.Networks.Kernels;

/// <summary>The memory of tensors on the CPU, for the kernels.</summary>
internal static class TensorMemory
{
    /// <summary>Where the first element lies. Keep the tensor alive as long as its memory is used.</summary>
    internal static unsafe T* Of<T>(Tensor tensor) where T : unmanaged
    {
        // TorchSharp shows no more than 2 GB of memory, and none that is not in row-major order: one element is both.
        using var values = tensor.detach();
        using var first = values.as_strided([1], [1], values.storage_offset());
        return (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }

    /// <summary>Whether its elements fill one stretch of memory, in whatever order.</summary>
    internal static bool IsDense(Tensor tensor)
    {
        var expected = 1L;
        foreach (var (size, stride) in tensor.shape.Zip(tensor.stride()).Where(one => one.First > 1).OrderBy(one => one.Second))
        {
            if (stride != expected)
                return false;
            expected *= size;
        }
        return tensor.numel() > 0;
    }
}
