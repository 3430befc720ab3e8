using System.Text.RegularExpressions;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Interchange.Declared;

/// <summary>Names for the layers of a spec: what they were called before where that can be a name, else their kind and a number.</summary>
internal static partial class LayerNaming
{
    private const int Longest = 48;

    private static readonly Dictionary<string, string> Stems = new()
    {
        ["maxpool"] = "pool",
        ["avgpool"] = "pool",
        ["batchnorm"] = "batch",
        ["affine"] = "scale",
        ["dense"] = "fc",
        ["dropout"] = "drop",
        ["lrn"] = "norm",
        ["softmax"] = "prob",
        ["channel-shuffle"] = "shuffle",
    };

    /// <summary>Names all layers, in order, no two alike.</summary>
    public static void Name(DraftNetwork draft, string network)
    {
        var (taken, counts) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new Dictionary<string, int>());
        foreach (var layer in draft.Layers.Where(layer => Plain(layer) is { } name && IsFree(name)))
            taken.Add(layer.Name = Plain(layer)!);
        foreach (var layer in draft.Layers.Where(layer => layer.Name.Length == 0))
        {
            var stem = Plain(layer) is { } given ? $"{given}_" : Stems.GetValueOrDefault(layer.Kind, layer.Kind);
            do
                counts[stem] = counts.GetValueOrDefault(stem, stem.EndsWith('_') ? 1 : 0) + 1;
            while (!IsFree($"{stem}{counts[stem]}"));
            taken.Add(layer.Name = $"{stem}{counts[stem]}");
        }

        bool IsFree(string name) => !taken.Contains(name) && Names.ProblemOfLayer(name) is null && Names.ProblemOfLayer(name, network) is null;
    }

    /// <summary>What it was called, in letters that a name may have; null where it had no name.</summary>
    private static string? Plain(DraftLayer layer)
    {
        if (layer.Given is not { } given)
            return null;
        var plain = Repeated().Replace(Other().Replace(given, "_"), "_").Trim('_');
        if (plain.Length > Longest)
            plain = plain[^Longest..].TrimStart('_');
        if (plain.Length == 0)
            return null;
        return char.IsAsciiDigit(plain[0]) ? $"{Stems.GetValueOrDefault(layer.Kind, layer.Kind)}_{plain}" : char.ToLowerInvariant(plain[0]) + plain[1..];
    }

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex Other();

    [GeneratedRegex("__+")]
    private static partial Regex Repeated();
}
