using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Weights;

/// <summary>A view of a row of numbers with steps of its own, such as a transposed matrix.</summary>
/// <param name="row">The numbers.</param>
/// <param name="shape">The shape of the view.</param>
/// <param name="strides">How far apart two neighbours lie along each axis.</param>
internal sealed class StridedTensor(TensorSource row, long[] shape, long[] strides) : TensorSource(shape)
{
    /// <summary>The steps of a tensor whose values lie behind each other.</summary>
    public static bool IsDense(long[] shape, long[] strides)
    {
        var step = 1L;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            if (shape[axis] != 1 && strides[axis] != step)
                return false;
            step *= shape[axis];
        }
        return true;
    }

    public override void Read(Action<ReadOnlySpan<float>> sink)
    {
        var (from, values, at) = (row.ToArray(), new float[Count], new long[shape.Length]);
        for (var i = 0L; i < Count; i++)
        {
            var place = 0L;
            for (var axis = 0; axis < shape.Length; axis++)
                place += at[axis] * strides[axis];
            values[i] = from[place];
            for (var axis = shape.Length - 1; axis >= 0 && ++at[axis] == shape[axis]; axis--)
                at[axis] = 0;
        }
        sink(values);
    }
}
