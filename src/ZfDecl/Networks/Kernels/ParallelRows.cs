using System.Buffers;
using static TorchSharp.torch;

namespace ZfDecl.Networks.Kernels;

/// <summary>Loops over the rows of tensors on as many threads as libtorch uses.</summary>
internal static unsafe class ParallelRows
{
    /// <summary>One row, with working memory that is zero at first and that no other thread uses at the time.</summary>
    internal delegate void Body(long row, float* scratch);

    /// <param name="rows">How often the body runs, with 0 … <paramref name="rows"/> − 1 in no certain order.</param>
    /// <param name="scratch">Floats of working memory; a body finds in it what another one has left.</param>
    /// <param name="body">What is done with a row.</param>
    internal static void For(long rows, int scratch, Body body)
    {
        Parallel.For(0, rows, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, Rent, Run, memory => ArrayPool<float>.Shared.Return(memory));

        float[] Rent()
        {
            var memory = ArrayPool<float>.Shared.Rent(Math.Max(scratch, 1));
            memory.AsSpan(0, scratch).Clear();
            return memory;
        }

        float[] Run(long row, ParallelLoopState _, float[] memory)
        {
            fixed (float* start = memory)
                body(row, start);
            return memory;
        }
    }
}
