using ZfDecl.Data.Batching;
using ZfDecl.Generators;
using ZfDecl.Generators.Model;
using ZfDecl.Interchange.Declared;
using ZfDecl.Interchange.Tensors;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Specs;

/// <summary>A network that was read from another program's file: its spec, which compiles, and its weights, which are read when they are written.</summary>
internal sealed record ImportedNetwork
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its spec, as it is written.</summary>
    public required string Spec { get; init; }

    /// <summary>The same, resolved.</summary>
    public required ResolvedSpec Resolved { get; init; }

    /// <summary>Its layers as they were found in the file; null where the file states the spec itself.</summary>
    public DraftNetwork? Draft { get; init; }

    /// <summary>How many classes it tells apart; 0 for none.</summary>
    public int Classes => Resolved.Network.Classes;

    /// <summary>What is done to an image.</summary>
    public required PreprocessText Preprocess { get; init; }

    /// <summary>Where it comes from.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What its images are prepared with, as far as the spec does not say it, where the file states that; else null.</summary>
    public ImageStatistics? Statistics { get; init; }

    /// <summary>The names of its classes, where the file is known to state them in full; else null.</summary>
    public string[]? ClassNames { get; init; }

    /// <summary>Its weights by name, as its class names them.</summary>
    public required IReadOnlyList<(string Name, TensorSource Values)> Weights { get; init; }

    /// <summary>How many minibatches its batch normalisations have seen, by the name of that tensor, as far as it is known.</summary>
    public IReadOnlyDictionary<string, long> Batches { get; init; } = new Dictionary<string, long>();

    /// <summary>Simplifies, names and writes down a network, and compiles what it wrote.</summary>
    /// <param name="name">The name of the network.</param>
    /// <param name="draft">Its layers.</param>
    /// <param name="preprocess">What is done to an image.</param>
    /// <param name="provenance">Where it comes from.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="isSimple">Whether its layers are a spec's already, and their weights not known.</param>
    /// <exception cref="ZfDeclException">ZF1605: a spec cannot say what the file does.</exception>
    public static ImportedNetwork Of(string name, DraftNetwork draft, PreprocessText preprocess, Provenance provenance, string file, bool isSimple = false)
    {
        if (!isSimple)
            Simplification.Apply(draft);
        LayerNaming.Name(draft, name);
        var (classes, summary) = (ClassesOf(draft), $"Imported from {provenance.File}.");
        var first = Compile(SpecText.Write(name, summary, draft, classes, preprocess, provenance, new Dictionary<string, string>()), name, file);
        var spec = SpecText.Write(name, summary, draft, classes, preprocess, provenance, Meant(draft, first));
        var compiled = Compile(spec, name, file);
        Compare(draft, compiled.Networks[0].Spec.Network, file);
        return new() { Name = name, Spec = spec, Resolved = compiled.Networks[0].Spec, Draft = draft, Preprocess = preprocess, Provenance = provenance, Weights = WeightsOf(draft) };
    }

    private static List<(string, TensorSource)> WeightsOf(DraftNetwork draft) => [.. draft.Layers.SelectMany(layer => layer.Weights.Select(weights => ($"{layer.Name}.{weights.Key}", weights.Value)))];

    /// <summary>The number of classes that a network tells apart: the units of the dense layer that ends it, or the maps of the convolution that does, behind which they are pooled; 0 where it ends otherwise.</summary>
    private static int ClassesOf(DraftNetwork draft)
    {
        if (draft.End.Output is not { Height: 1, Width: 1, Maps: >= 2 })
            return 0;
        var layer = draft.End.Kind == "softmax" ? draft.End.Below : draft.End;
        if (layer is { Kind: "dense" })
            return layer.Output.Maps;
        while (layer is { Kind: "relu" or "maxpool" or "avgpool" or "dropout" or "flatten" })
            layer = layer.Below;
        return layer is { Kind: "conv" } && layer.Output.Maps == draft.End.Output.Maps ? layer.Output.Maps : 0;
    }

    private static CompiledFile Compile(string spec, string name, string file)
    {
        var compiled = StandaloneSpec.Compile(spec, name);
        var errors = compiled.Diagnostics.Where(found => found.IsError).ToList();
        return errors.Count == 0 ? compiled
            : throw new ZfDeclException("ZF1605", $"a spec cannot declare the network of '{file}':\n  {string.Join("\n  ", errors.Select(found => $"{found.Code.Id}: {found.Message}"))}", file);
    }

    /// <summary>The warnings of each layer, which are how the network is: whoever imports it need not be told at every build.</summary>
    private static Dictionary<string, string> Meant(DraftNetwork draft, CompiledFile compiled)
    {
        var firstLine = compiled.Networks[0].Map.Layers[0].Line - 1;
        return compiled.Diagnostics.GroupBy(found => found.Span.Line - firstLine).Where(line => line.Key >= 0 && line.Key < draft.Layers.Count)
            .ToDictionary(line => draft.Layers[line.Key].Name, line => string.Join(", ", line.Select(found => found.Code.Id).Distinct()));
    }

    /// <summary>Every layer must come out as the file has it.</summary>
    private static void Compare(DraftNetwork draft, ResolvedNetwork resolved, string file)
    {
        var shapes = resolved.Layers.ToDictionary(layer => layer.Name, layer => layer.Output);
        var differences = draft.Layers.Where(layer => layer.Kind != "flatten").Select(layer => (layer, Output: shapes[layer.Name]))
            .Where(pair => (pair.Output.Maps, pair.Output.Height, pair.Output.Width) != (pair.layer.Output.Maps, pair.layer.Output.Height, pair.layer.Output.Width))
            .Select(pair => $"'{pair.layer.Name}' yields {pair.layer.Output} there, and {pair.Output} as declared").ToList();
        if (differences.Count > 0)
            throw new ZfDeclException("ZF1605", $"a spec cannot declare the network of '{file}' as it is: {string.Join("; ", differences.Take(5))}", file);
    }
}
