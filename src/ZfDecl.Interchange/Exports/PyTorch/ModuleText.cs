using ZfDecl.Generators.Model;
using static ZfDecl.Interchange.Exports.PyTorch.PythonText;

namespace ZfDecl.Interchange.Exports.PyTorch;

/// <summary>The Python file of a network: a module whose layers are called as in the spec, each with the shape of what it yields beside it.</summary>
internal static class ModuleText
{
    private const int Column = 72;      // where the comments of short lines begin

    private const string Image = "images", Passed = "x", Body = "        ";

    /// <summary>Writes it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="module">The name that Python imports the file by.</param>
    /// <param name="weights">The name of the file of its weights, beside it.</param>
    public static string Write(ExportedNetwork network, string module, string weights)
    {
        var (net, name) = (network.Spec.Network, PythonNames.Variable(network.Name));
        var layers = net.Layers.Where(layer => layer.Operation is not Operation.Softmax).Select(layer => (Layer: layer, Code: Code(net, layer))).ToList();
        string[] shared = [.. layers.SelectMany(layer => layer.Code.Needs).Append("_read").Concat(network.Pixels is null ? [] : ["_Pixels"]).Distinct().Order(StringComparer.Ordinal)];
        string[] lines =
        [
            $"\"\"\"{Plain($"{network.Name}. {net.Summary}")}",
            "",
            $"Written by ZfDecl; its weights lie in {Plain(weights)}. It needs PyTorch 1.13 or newer, and no other package.",
            "",
            $"    from {Plain(module)} import {name}",
            $"    net = {name}.load()                  # in evaluation mode",
            .. network.Pixels is null ? (string[])[] : [$"    scores = net(net.{Image}(pixels))      # pixels {net.Input.Tensor}, 0 ... 255{(net.Input.Maps == 3 ? ", red first" : "")}"],
            "\"\"\"",
            "import json",
            "import pathlib",
            "",
            "import torch",
            "import torch.nn.functional as F",
            "from torch import nn",
            "",
            .. network.Classes.Count > 0 ? (string[])[$"LABELS = [{string.Join(", ", network.Classes.Select(Quoted))}]"] : [],
            .. shared.SelectMany(need => (string[])["", "", SharedCode.All[need]]),
            "",
            "",
            $"class {name}(nn.Module):",
            $"    \"\"\"{Plain(net.Summary.Length > 0 ? net.Summary : network.Name)}\"\"\"",
            "",
            "    def __init__(self):",
            $"{Body}super().__init__()",
            .. Preparation(network),
            .. layers.Where(layer => layer.Code.Module is not null).Select(layer => $"{Body}{PythonNames.Module(layer.Layer.Name)} = {layer.Code.Module}"),
            "",
            $"    def forward(self, {Image}):",
            $"{Body}\"\"\"{(net.Classes > 0 ? $"The score of each class, [N, {net.Classes}]," : $"Features {net.Layers[^1].Output.Tensor}")} of prepared images {net.Input.Tensor}.\"\"\"",
            .. layers.Select(layer => $"{Body}{Variable(net, layer.Layer)} = {layer.Code.Call}".PadRight(Column) + $"  # {layer.Layer.Name} {layer.Layer.Output.Tensor}"),
            $"{Body}return {Variable(net, layers[^1].Layer)}",
            .. net.Classes == 0 ? (string[])[] :
            [
                "",
                $"    def probabilities(self, {Image}):",
                $"{Body}\"\"\"The probability of each class, [N, {net.Classes}].\"\"\"",
                $"{Body}return F.softmax(self.forward({Image}), 1)",
            ],
            "",
            "    @classmethod",
            $"    def load(cls, path=pathlib.Path(__file__).with_name({Quoted(weights)})):",
            $"{Body}\"\"\"The network with the weights of a safetensors file, in evaluation mode.\"\"\"",
            $"{Body}net = cls()",
            $"{Body}net.load_state_dict(_read(path))",
            $"{Body}return net.eval()",
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static LayerCode Code(ResolvedNetwork net, ResolvedLayer layer) => LayerCode.Of(
        layer, [.. layer.Header.Inputs.Select(input => input < 0 ? Image : Variable(net, net.Layers[input]))], [.. layer.Header.Inputs.Select(input => input < 0 ? net.Input : net.Layers[input].Output)]);

    /// <summary>What a layer yields is called as the layer where anybody reads it but the next one.</summary>
    private static string Variable(ResolvedNetwork net, ResolvedLayer layer)
    {
        var index = net.Layers.ToList().FindIndex(other => other.Name == layer.Name);
        return net.Readers[index].Any(reader => reader != index + 1) ? PythonNames.Variable(layer.Name) : Passed;
    }

    /// <summary>What prepares images, under the name that no layer can have; nothing where its means are not known.</summary>
    private static IEnumerable<string> Preparation(ExportedNetwork network)
    {
        if (network.Pixels is not { } pixels)
            yield break;
        var (recipe, input) = (network.Spec.Preprocess, network.Spec.Network.Input);
        var mean = pixels.Mean.Length == input.Maps ? $"({input.Maps}, 1, 1)" : $"({input.Maps}, {input.Height}, {input.Width})";
        yield return $"{Body}# Before, an image's shortest side is scaled to {(recipe.Resize is { } side ? $"{side}" : "just what the input needs")}, and fitted by '{recipe.Fit.ToString().ToLowerInvariant()}'.";
        yield return $"{Body}self.{Image} = _Pixels({mean}, ({input.Maps}, 1, 1), {(pixels.IsBgr ? "[2, 1, 0]" : $"[{string.Join(", ", Enumerable.Range(0, input.Maps))}]")})";
    }
}
