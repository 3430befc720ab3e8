using System.Text.Json;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Runs;

/// <summary>The architecture of a network as a run created it: <c>network.json</c>, for whoever has the run's files but not its spec compiled.</summary>
public sealed record NetworkRecord
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "network.json";

    /// <summary>The name of the network.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence on what it is; empty where the spec has none.</summary>
    public required string Summary { get; init; }

    /// <summary>SHA-256 of the resolved spec, lowercase hex.</summary>
    public required string SpecHash { get; init; }

    /// <summary>The shape of one input image.</summary>
    public required FeatureShape Input { get; init; }

    /// <summary>The number of classes that it was created for.</summary>
    public required int Classes { get; init; }

    /// <summary>The layers from the input to the softmax, as created.</summary>
    public required IReadOnlyList<LayerInfo> Layers { get; init; }

    /// <summary>The record of a network.</summary>
    /// <param name="info">As declared.</param>
    /// <param name="classes">The number of classes that it is created for.</param>
    public static NetworkRecord Of(NetworkInfo info, int classes) => new()
    {
        Name = info.Name,
        Summary = info.Summary,
        SpecHash = info.SpecHash,
        Input = info.Input,
        Classes = classes,
        Layers = [.. info.Layers.Select(layer => layer.CreatedFor(classes))],
    };

    /// <summary>Writes it into the folder of a run.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void Write(string folder) => RecordJson.Write(Path.Combine(folder, FileName), this);

    /// <summary>Reads that of a run.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <returns>The record; null where the folder has none.</returns>
    /// <exception cref="ZfDeclException">ZF1215: the file is damaged.</exception>
    public static NetworkRecord? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            return RecordJson.Read<NetworkRecord>(path);
        }
        catch (Exception cause) when (cause is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ZfDeclException("ZF1215", $"this is not the record of a network: {cause.Message} Delete the file: the next `visualize` writes it anew", path, cause);
        }
    }
}
