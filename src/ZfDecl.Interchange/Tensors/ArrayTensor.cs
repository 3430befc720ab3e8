namespace ZfDecl.Interchange.Tensors;

/// <summary>A tensor in memory, such as one that was worked out.</summary>
internal sealed class ArrayTensor(IReadOnlyList<double> values, params IReadOnlyList<long> shape) : TensorSource(shape)
{
    public override void Read(Action<ReadOnlySpan<float>> sink) => sink(values.Select(value => (float)value).ToArray());

    public override double[] ToDoubles() => [.. values];
}
