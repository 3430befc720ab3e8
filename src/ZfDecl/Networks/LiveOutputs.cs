using static TorchSharp.torch;

namespace ZfDecl.Networks;

/// <summary>What layers have yielded while a network runs layer by layer, each freed behind the last layer that reads it.</summary>
internal sealed class LiveOutputs
{
    private readonly NetworkInfo info;
    private readonly Tensor?[] outputs;     // the image, then each layer
    private readonly int[] readers;         // that are still to come

    /// <param name="info">The network.</param>
    /// <param name="image">What is known before the first layer; freed behind its last reader.</param>
    /// <param name="last">Index of the last layer that runs.</param>
    public LiveOutputs(NetworkInfo info, Tensor image, int last)
    {
        this.info = info;
        outputs = new Tensor?[info.Layers.Count + 1];
        readers = new int[info.Layers.Count + 1];
        outputs[0] = image;
        foreach (var input in info.Layers.Take(last + 1).SelectMany(layer => layer.Inputs))
            readers[input + 1]++;
    }

    /// <summary>What goes into a layer, in order.</summary>
    public IReadOnlyList<Tensor> InputsOf(int layer) => [.. info.Layers[layer].Inputs.Select(input => outputs[input + 1]!)];

    /// <summary>Keeps what a layer has yielded until its last reader has run.</summary>
    public void Store(int layer, Tensor output) => outputs[layer + 1] = output;

    /// <summary>Frees what no layer reads behind this one.</summary>
    public void Release(int layer)
    {
        foreach (var input in info.Layers[layer].Inputs)
        {
            if (--readers[input + 1] == 0)
                outputs[input + 1]!.Dispose();
        }
    }
}
