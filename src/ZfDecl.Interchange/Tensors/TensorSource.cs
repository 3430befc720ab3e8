namespace ZfDecl.Interchange.Tensors;

/// <summary>The values of a tensor, in row-major order, which are read when they are needed: a large one is never whole in memory unless its order changes.</summary>
/// <param name="shape">Its shape; empty for a single number.</param>
internal abstract class TensorSource(IReadOnlyList<long> shape)
{
    /// <summary>The most values that are handed over at once.</summary>
    protected const int Block = 1 << 18;

    public IReadOnlyList<long> Shape { get; } = shape;

    public long Count { get; } = Product(shape);

    /// <summary>Hands over all values, block by block.</summary>
    public abstract void Read(Action<ReadOnlySpan<float>> sink);

    /// <summary>All values as they are kept, without rounding to float32.</summary>
    public virtual double[] ToDoubles() => Array.ConvertAll(ToArray(), value => (double)value);

    public float[] ToArray()
    {
        var (values, at) = (new float[Count], 0);
        Read(block =>
        {
            block.CopyTo(values.AsSpan(at));
            at += block.Length;
        });
        return values;
    }

    /// <summary>The same values in another shape.</summary>
    public TensorSource Reshaped(params IReadOnlyList<long> other) => Product(other) == Count ? new ReshapedTensor(this, other) : throw new ArgumentException($"[{string.Join(", ", Shape)}] is not [{string.Join(", ", other)}]");

    /// <summary>The tensor with its axes in another order.</summary>
    public TensorSource Transposed(params IReadOnlyList<int> axes) => axes.Index().All(axis => axis.Index == axis.Item) ? this : new TransposedTensor(this, axes);

    /// <summary>Each value times a factor.</summary>
    public TensorSource Times(double factor) => factor == 1 ? this : new ScaledTensor(this, (float)factor);

    public static long Product(IEnumerable<long> shape) => shape.Aggregate(1L, (count, side) => checked(count * side));

    private sealed class ReshapedTensor(TensorSource source, IReadOnlyList<long> shape) : TensorSource(shape)
    {
        public override void Read(Action<ReadOnlySpan<float>> sink) => source.Read(sink);

        public override double[] ToDoubles() => source.ToDoubles();
    }

    private sealed class ScaledTensor(TensorSource source, float factor) : TensorSource(source.Shape)
    {
        public override void Read(Action<ReadOnlySpan<float>> sink)
        {
            var scaled = new float[Block];
            source.Read(block =>
            {
                for (var i = 0; i < block.Length; i++)
                    scaled[i] = block[i] * factor;
                sink(scaled.AsSpan(0, block.Length));
            });
        }
    }

    /// <summary>Reads its source whole: any value of it may come first.</summary>
    private sealed class TransposedTensor(TensorSource source, IReadOnlyList<int> axes) : TensorSource([.. axes.Select(axis => source.Shape[axis])])
    {
        public override void Read(Action<ReadOnlySpan<float>> sink)
        {
            var (values, strides) = (source.ToArray(), new long[axes.Count]);
            for (var axis = 0; axis < axes.Count; axis++)
                strides[axis] = Product(source.Shape.Skip(axes[axis] + 1));
            var (block, filled, index, from) = (new float[Math.Min(Block, Count)], 0, new long[axes.Count], 0L);
            for (var i = 0L; i < Count; i++)
            {
                block[filled++] = values[from];
                if (filled == block.Length)
                    Hand();
                for (var axis = axes.Count - 1; axis >= 0; axis--)
                {
                    from += strides[axis];
                    if (++index[axis] < Shape[axis])
                        break;
                    from -= strides[axis] * Shape[axis];
                    index[axis] = 0;
                }
            }
            Hand();

            void Hand()
            {
                sink(block.AsSpan(0, filled));
                filled = 0;
            }
        }
    }
}
