using System.Runtime.ExceptionServices;

namespace ZfDecl.Data;

/// <summary>Loops over images on all processors.</summary>
internal static class Concurrently
{
    /// <summary>As <see cref="Parallel"/> does, but what a body throws reaches the caller as it is.</summary>
    /// <param name="count">How often the body runs, with 0 … <paramref name="count"/> − 1.</param>
    /// <param name="enter">Makes what one thread keeps.</param>
    /// <param name="body">One step.</param>
    /// <param name="leave">Takes it back when the thread is done.</param>
    public static void For<T>(int count, Func<T> enter, Action<int, T> body, Action<T> leave)
    {
        try
        {
            Parallel.For(0, count, enter, (index, _, kept) =>
            {
                body(index, kept);
                return kept;
            }, leave);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
