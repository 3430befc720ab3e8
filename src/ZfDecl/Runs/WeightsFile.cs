using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Runs;

/// <summary>A network's weights in a safetensors file, under the names of the spec's layers (<c>conv1.weight</c>) and in PyTorch's layouts.</summary>
public static class WeightsFile
{
    /// <summary>Writes all parameters and buffers of a network.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public static void Save(string path, ConvNet network)
    {
        using var scope = NewDisposeScope();
        SafeTensorsFile.Write(path, network.state_dict());
    }

    /// <summary>Writes them with a seal, which other readers of the format pass over.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    internal static void SaveSealed(string path, ConvNet network)
    {
        using var scope = NewDisposeScope();
        SafeTensorsFile.WriteSealed(path, network.state_dict());
    }

    /// <summary>Replaces all parameters and buffers of a network by those of a file. Where they do not fit, nothing is changed.</summary>
    /// <param name="path">A file that <see cref="Save"/> or PyTorch wrote; its values are converted to the network's types.</param>
    /// <param name="network">A network of the same architecture and number of classes (see <see cref="Classes"/>), on any device.</param>
    /// <exception cref="ZfDeclException">
    /// ZF1203: the file does not fit, with every difference; ZF1201: it is malformed; ZF1202: it cannot be read.
    /// </exception>
    public static void LoadInto(string path, ConvNet network)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var found = SafeTensorsFile.Read(path);
        var expected = network.state_dict();
        var differences = Differences(expected, found).ToList();
        if (differences.Count > 0)
        {
            throw new ZfDeclException("ZF1203",
                $"'{path}' does not fit network '{network.Info.Name}' with {network.Classes} classes:\n  {string.Join("\n  ", differences)}\n"
                + "Use the spec that it was trained with, or train again", path);
        }
        foreach (var (name, tensor) in expected)
            tensor.copy_(found[name]);
    }

    /// <summary>The number of classes that a file's network tells apart: the units of the layer that yields the class scores; 0 where it has none.</summary>
    /// <exception cref="ZfDeclException">ZF1203: the file has no such layer; ZF1201: it is malformed; ZF1202: it cannot be read.</exception>
    public static int Classes(string path, NetworkInfo info)
    {
        if (info.Classes == 0)
            return 0;
        var shapes = SafeTensorsFile.TensorShapes(path);
        var scores = info.Layers.Last(layer => layer is { PerClass: true, Parameters: > 0 });
        if (shapes.TryGetValue($"{scores.Name}.weight", out var shape) && shape is [>= 2 and <= int.MaxValue, ..])
            return (int)shape[0];
        throw new ZfDeclException("ZF1203",
            $"'{path}' does not fit network '{info.Name}': its last layer with weights is '{scores.Name}', but the file's '{scores.Name}.weight' is {Text(shape)}; "
            + $"its tensors are {string.Join(", ", shapes.Keys.Order(StringComparer.Ordinal))}", path);
    }

    private static IEnumerable<string> Differences(Dictionary<string, Tensor> expected, IReadOnlyDictionary<string, Tensor> found)
    {
        foreach (var (name, tensor) in expected)
        {
            if (!found.TryGetValue(name, out var other))
                yield return $"missing: {name} {Text(tensor.shape)}";
            else if (!other.shape.AsSpan().SequenceEqual(tensor.shape))
                yield return $"shape of {name}: expected {Text(tensor.shape)}, found {Text(other.shape)}";
            else if (other.is_floating_point() != tensor.is_floating_point())
                yield return $"type of {name}: expected {tensor.dtype}, found {other.dtype}";
            else if (!isfinite(other).all().item<bool>())
                yield return $"values of {name}: some are infinite or not a number";
        }
        foreach (var (name, tensor) in found.Where(tensor => !expected.ContainsKey(tensor.Key)))
            yield return $"unexpected: {name} {Text(tensor.shape)}";
    }

    private static string Text(long[]? shape) => shape is null ? "missing" : $"[{string.Join(", ", shape)}]";
}
