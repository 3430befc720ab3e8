using ZfDecl.Files;

namespace ZfDecl.Interchange.Exports;

/// <summary>Writes the weights of a network, with what they are of.</summary>
internal static class SafeTensorsExport
{
    /// <summary>The metadata: which format the names and shapes follow, as the format's own libraries ask for, the network and its classes.</summary>
    public static Dictionary<string, string> Metadata(ExportedNetwork network) => new()
    {
        ["format"] = "pt",
        ["network"] = network.Name,
        ["labels"] = string.Join('\n', network.Classes),
        ["license"] = network.Licence,
    };

    /// <summary>Writes them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ZfDecl.Messages.ZfDeclException">ZF1204: it cannot be written.</exception>
    public static IReadOnlyList<string> Write(ExportedNetwork network, string path)
    {
        SafeTensorsFile.Write(path, network.Weights, Metadata(network).Where(entry => entry.Value.Length > 0).ToDictionary());
        return [path];
    }
}
