namespace ZfDecl.Interchange.Weights;

/// <summary>What a file of weights holds. Its tensors are read as long as it is not disposed.</summary>
/// <param name="format">What it is, for example <c>safetensors</c>.</param>
/// <param name="tensors">In the order of the file, each name once.</param>
/// <param name="owned">The open file.</param>
internal sealed class WeightsContent(string format, IReadOnlyList<NamedTensor> tensors, IDisposable owned) : IDisposable
{
    public string Format => format;

    public IReadOnlyList<NamedTensor> Tensors => tensors;

    public void Dispose() => owned.Dispose();
}
