using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Runs;

/// <summary>The architecture of a network as a run created it: <c>network.json</c>, for whoever has the run's files but not its spec compiled.</summary>
public sealed record NetworkRecord : IRecord
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

    /// <summary>The number of classes that it was created for; 0 for none.</summary>
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
    /// <exception cref="ZfDeclException">ZF1215: the file is damaged; ZF1221: a newer version made it; ZF1202, ZF1220, ZF1222: it cannot be read.</exception>
    public static NetworkRecord? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? RecordJson.Read<NetworkRecord>(path) : null;
    }

    static RecordKind IRecord.Kind { get; } = new("ZF1215", "this is not the record of a network", "Delete the file: the next `visualize` writes it anew");

    IEnumerable<string> IRecord.Problems()
    {
        if (Classes is < 0 or 1)
            yield return $"'classes' is {Classes}, and a network tells at least 2 apart, or none";
        if (!IsShape(Input))
            yield return $"'input' is {Input}";
        if (Layers.Count == 0)
            yield return "'layers' is empty";
        if (Layers.GroupBy(layer => layer.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            yield return $"layer '{twice.Key}' is there {twice.Count()} times";
        foreach (var (position, layer) in Layers.Index())
        {
            if (layer.Index != position)
                yield return $"layer '{layer.Name}' has index {layer.Index} and stands at {position}";
            if (!IsShape(layer.Output))
                yield return $"the output of layer '{layer.Name}' is {layer.Output}";
            if (layer.Inputs.Any(input => input < LayerInfo.Image || input >= position))
                yield return $"the inputs of layer '{layer.Name}' are {layer.Inputs}; each is a layer before it, or {LayerInfo.Image} for the image";
            if (layer.Window is { } window && (window.KernelHeight < 1 || window.KernelWidth < 1 || window.StrideY < 1 || window.StrideX < 1))
                yield return $"the window of layer '{layer.Name}' has no size or no stride";
            if (layer.Parameters < 0 || layer.MultiplyAdds < 0)
                yield return $"layer '{layer.Name}' has fewer than 0 parameters or multiply-adds";
        }
    }

    private static bool IsShape(FeatureShape shape) => shape is { Maps: > 0, Height: > 0, Width: > 0 };
}
