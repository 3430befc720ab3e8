using ZfDecl.Files;
using ZfDecl.Interchange.Weights;
using static TorchSharp.torch;

namespace ZfDecl.Interchange.Exports.PyTorch;

/// <summary>Writes a network as a module of PyTorch, with its weights beside it.</summary>
internal static class PyTorchExport
{
    /// <summary>The file of the weights of a module.</summary>
    public static string WeightsBeside(string path) => Path.ChangeExtension(path, ExportFormats.ExtensionOf(ExportFormats.SafeTensors));

    /// <summary>Writes both; the weights first, so that a module never stands without them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The Python file.</param>
    /// <returns>The files.</returns>
    /// <exception cref="ZfDecl.Messages.ZfDeclException">ZF1204: one of them cannot be written.</exception>
    public static IReadOnlyList<string> Write(ExportedNetwork network, string path)
    {
        var weights = WeightsBeside(path);
        using var scope = NewDisposeScope();
        SafeTensorsExport.Write(network with { Weights = network.Weights.Concat(Prepared(network)).ToDictionary() }, weights);
        AtomicFile.WriteText(path, ModuleText.Write(network, Path.GetFileNameWithoutExtension(path), Path.GetFileName(weights)));
        return [path, weights];
    }

    /// <summary>What prepares images, beside the weights.</summary>
    private static IEnumerable<KeyValuePair<string, Tensor>> Prepared(ExportedNetwork network)
    {
        if (network.Pixels is not { } pixels)
            yield break;
        var input = network.Spec.Network.Input;
        long[] one = [input.Maps, 1, 1];
        yield return new(PreparedImages.Mean, tensor(pixels.Mean, pixels.Mean.Length == input.Maps ? one : [input.Maps, input.Height, input.Width]));
        yield return new(PreparedImages.Std, tensor(Array.ConvertAll(pixels.Factor, factor => 1 / factor), one));
    }
}
