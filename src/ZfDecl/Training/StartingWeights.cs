using System.Security.Cryptography;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>Weights that a training begins with instead of new ones, layer by layer as the layers' names say (as Caffe does for fine-tuning).</summary>
/// <param name="path">A safetensors file with the weights under the names of layers.</param>
/// <param name="keepsScores">Whether the layer that yields the class scores is taken too; it begins anew where the classes are others.</param>
public sealed class StartingWeights(string path, bool keepsScores)
{
    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>SHA-256 of the file, lowercase hex.</summary>
    /// <exception cref="ZfDeclException">ZF1202: it cannot be read.</exception>
    public string Hash()
    {
        try
        {
            using var stream = RegularFile.Open(path, long.MaxValue);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotRead(path, cause, "name another run or file with `start`");
        }
    }

    /// <summary>The layers of a network that begin with new weights: those that the file does not have, and the class scores unless they are kept.</summary>
    /// <param name="network">Stays as it is.</param>
    /// <exception cref="ZfDeclException">ZF1405: no layer is taken, or one has another shape; ZF1201: the file is malformed; ZF1202: it cannot be read.</exception>
    public IReadOnlyList<string> NewLayers(ConvNet network)
    {
        var shapes = SafeTensorsFile.TensorShapes(path);
        string[] learned = [.. network.Info.Layers.Where(layer => layer.Parameters > 0).Select(layer => layer.Name)];
        string[] fresh = [.. learned.Where(layer => !TakesLayer(layer, network) || !shapes.Keys.Any(name => LayerOf(name) == layer))];
        using var scope = NewDisposeScope();
        string[] unfit = [.. network.state_dict().Where(tensor => !fresh.Contains(LayerOf(tensor.Key)))
            .Where(tensor => !shapes.TryGetValue(tensor.Key, out var shape) || !shape.AsSpan().SequenceEqual(tensor.Value.shape))
            .Select(tensor => $"{tensor.Key} is [{string.Join(", ", tensor.Value.shape)}] here and {(shapes.TryGetValue(tensor.Key, out var shape) ? $"[{string.Join(", ", shape)}]" : "missing")} there")];
        if (unfit.Length > 0)
            throw new ZfDeclException("ZF1405", $"'{path}' cannot begin a training of '{network.Info.Name}': {string.Join("; ", unfit)}. A layer that should begin anew needs another name", path);
        if (fresh.Length == learned.Length)
        {
            throw new ZfDeclException("ZF1405", $"'{path}' has no layer that '{network.Info.Name}' could begin with: its tensors are {string.Join(", ", shapes.Keys.Order(StringComparer.Ordinal))}, "
                + $"and the layers are {string.Join(", ", learned)}{(keepsScores ? "" : $", of which {network.Info.Scores.Name}, the class scores, begins anew")}", path);
        }
        return fresh;
    }

    /// <summary>Replaces the weights of a network by those of the file, but for the <see cref="NewLayers"/>.</summary>
    /// <param name="network">On any device.</param>
    /// <exception cref="ZfDeclException">As of <see cref="NewLayers"/>; ZF1405 also where a weight is infinite or NaN.</exception>
    public void CopyInto(ConvNet network)
    {
        var fresh = NewLayers(network);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var found = SafeTensorsFile.Read(path);
        var taken = network.state_dict().Where(tensor => !fresh.Contains(LayerOf(tensor.Key))).ToList();
        if (taken.Find(tensor => !isfinite(found[tensor.Key]).all().item<bool>()) is { Key: { } broken })
            throw new ZfDeclException("ZF1405", $"'{path}' cannot begin a training: some values of {broken} are infinite or NaN", path);
        foreach (var (name, tensor) in taken)
            tensor.copy_(found[name]);
    }

    private bool TakesLayer(string layer, ConvNet network) => keepsScores || layer != network.Info.Scores.Name;

    private static string LayerOf(string tensor) => tensor[..Math.Max(0, tensor.LastIndexOf('.'))];
}
