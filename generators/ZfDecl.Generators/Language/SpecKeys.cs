using ZfDecl.Generators.Yaml;
using static ZfDecl.Generators.Language.Keys;

namespace ZfDecl.Generators.Language;

/// <summary>The keys at the top of a spec.</summary>
internal static class SpecKeys
{
    /// <summary>The keys of <c>input:</c>.</summary>
    public static Key<int> Channels { get; } = Integer("channels", "1 for grey, 3 for colour.", 1, 65536).Required();
    public static Key<int> Height { get; } = Integer("height", "Rows of pixels.", 1, 65536).Required();
    public static Key<int> Width { get; } = Integer("width", "Columns of pixels.", 1, 65536).Required();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Key> Image { get; } = [Channels, Height, Width];

    public static Key<string> Network { get; } = Of("network", "The name of the network and of its class, in PascalCase.", new TextType("a name such as Zf8", NamePatterns.Network)).Dependent();
    public static Key<string> Extends { get; } = Of("extends", "The name of the network that this one is a variant of.", new TextType("the name of a network", NamePatterns.Network)).Dependent();
    public static Key<string> Summary { get; } = Of("summary", "One sentence on what it is.", new TextType("one line of at most 1000 characters")).Default("");
    public static Key<MapNode> Input { get; } = Of("input", "The shape of an image.", new StructureType<MapNode>("a mapping { channels: 3, height: 224, width: 224 }", () => KeySchema.Mapping(null, Image, whole: false))).Required();
    public static Key<int> Classes { get; } = Of("classes", "The number of classes; 'none' for a network that yields features and no class scores, which can be looked at and not trained.", new OrZeroType(new IntegerType(2, 1 << 20), "none")).Required();
    public static Key<string> Data { get; } = Of("data", "The folder of its images, relative to this file; or 'shapes', images that are drawn and need no files.", new TextType("a folder")).Default("");
    public static Key<ListNode> Layers { get; } = Of("layers", "The layers, from the image to the scores.", new StructureType<ListNode>("a list of layers such as '- { conv: conv1, maps: 96, kernel: 7 }'", () => KeySchema.List(KeySchema.Reference("layer"), least: 1))).Required();
    public static Key<MapNode> Train { get; } = Part(TrainKeys.Section);
    public static Key<MapNode> Preprocess { get; } = Part(PreprocessKeys.Section);
    public static Key<MapNode> Visualize { get; } = Part(VisualizeKeys.Section);

    public static Key<MapNode> Change { get; } = Of("change", "Settings of inherited layers that differ, by the layer's name.", new StructureType<MapNode>("a mapping such as { fc6: { units: 2048 } }", () => KeySchema.ByName(KeySchema.Reference("change")))).Dependent();
    public static Key<ListNode> Remove { get; } = Of("remove", "The names of inherited layers that are left out.", new StructureType<ListNode>("a list of names such as [conv3, relu3]", () => KeySchema.List(new() { { "type", "string" } }))).Dependent();
    public static Key<MapNode> InsertBefore { get; } = Of("insert-before", "Layers put before inherited ones, by the name of the latter.", new StructureType<MapNode>(InsertAllowed, () => KeySchema.ByName(Inserted))).Dependent();
    public static Key<MapNode> InsertAfter { get; } = Of("insert-after", "Layers put after inherited ones, by the name of the latter.", new StructureType<MapNode>(InsertAllowed, () => KeySchema.ByName(Inserted))).Dependent();
    public static Key<MapNode> Variants { get; } = Of("variants", "Further networks that extend this one, by name, each written as its differences.", new StructureType<MapNode>("a mapping such as { Zf8Wide: { change: { fc6: { units: 8192 } } } }", () => KeySchema.ByName(KeySchema.Reference("variant")))).Dependent();

    /// <summary>The keys that alter inherited layers.</summary>
    public static IReadOnlyList<Key> Edits { get; } = [Change, Remove, InsertBefore, InsertAfter];

    /// <summary>The keys of a whole network.</summary>
    public static IReadOnlyList<Key> Whole { get; } = [Summary, Input, Classes, Data, Layers, Train, Preprocess, Visualize];

    /// <summary>The keys of a variant.</summary>
    public static IReadOnlyList<Key> Variant { get; } = [Summary, Input, Classes, Data, .. Edits, Train, Preprocess, Visualize];

    /// <summary>The keys of a file.</summary>
    public static IReadOnlyList<Key> Top { get; } = [Network, Extends, Summary, Input, Classes, Data, Layers, .. Edits, Train, Preprocess, Visualize, Variants];

    private const string InsertAllowed = "a mapping from a layer's name to a layer or a list of layers";

    private static JsonObject Inserted => new() { { "anyOf", new[] { KeySchema.Reference("layer"), KeySchema.List(KeySchema.Reference("layer")) } } };

    private static Key<MapNode> Part(Section section) => Of(
        section.Word, section.Summary, new StructureType<MapNode>($"a mapping of {string.Join(", ", section.Keys.Select(k => k.Name))}", () => KeySchema.Mapping(null, section.Keys, whole: true))).Dependent();
}
