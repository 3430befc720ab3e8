namespace ZfDecl.Interchange.Tensors;

/// <summary>A tensor of one value all over, of any size.</summary>
internal sealed class FilledTensor(double value, params IReadOnlyList<long> shape) : TensorSource(shape)
{
    public override void Read(Action<ReadOnlySpan<float>> sink)
    {
        var block = new float[(int)Math.Min(Block, Count)];
        Array.Fill(block, (float)value);
        for (var left = Count; left > 0; left -= block.Length)
            sink(block.AsSpan(0, (int)Math.Min(left, block.Length)));
    }
}
