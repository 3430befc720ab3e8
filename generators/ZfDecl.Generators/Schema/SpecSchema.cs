using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Reading;
using static ZfDecl.Generators.Language.KeySchema;

namespace ZfDecl.Generators.Schema;

/// <summary>
/// The JSON schema of a spec, draft 7, for completion, hover and errors in an editor. It comes from the definitions that the parser reads by,
/// and takes every file that the parser takes. Names that must fit each other, and shapes, are the parser's alone to check.
/// </summary>
internal static class SpecSchema
{
    public static string Text { get; } = new JsonObject
    {
        { "$schema", "http://json-schema.org/draft-07/schema#" },
        { "title", "ZfDecl spec" },
        { "description", "A convnet and its recipe, compiled into a typed network, its recording and its deconvnet." },
        { "type", "object" },
        { "properties", Properties(SpecKeys.Top) },
        { "additionalProperties", false },
        { "anyOf", Forms() },
        { "definitions", Definitions() },
    } + "\n";

    /// <summary>What a file can be: a network, a variant of another, or variants alone.</summary>
    private static JsonObject[] Forms() =>
    [
        new()
        {
            { "title", "network" },
            { "required", Names([SpecKeys.Network, .. Required(SpecKeys.Whole)]) },
            { "properties", new JsonObject { { SpecKeys.Input.Name, new JsonObject { { "required", Names(Required(SpecKeys.Image)) } } } } },
            { "not", new JsonObject { { "anyOf", new[] { SpecKeys.Extends }.Concat(SpecKeys.Edits).Select(Has) } } },
        },
        new() { { "title", "variant" }, { "required", Names([SpecKeys.Network, SpecKeys.Extends]) }, { "not", Has(SpecKeys.Layers) } },
        new() { { "title", "variants" }, { "required", Names([SpecKeys.Extends, SpecKeys.Variants]) }, { "maxProperties", 2 } },
    ];

    private static JsonObject Definitions()
    {
        var definitions = new JsonObject
        {
            { "layer", new JsonObject { { "description", "A layer: its kind and its name, and the kind's settings." }, { "anyOf", LayerKind.All.Select(kind => Reference(kind.Word)).Append(Reference(Repetition.Word)) } } },
            { Repetition.Word, Repeated() },
            { "change", new JsonObject { { "description", "The settings that differ." }, { "anyOf", LayerKind.All.Select(kind => Mapping($"change of a {kind.Word}", kind.EveryKey, whole: false)) } } },
            { "variant", Mapping("variant", SpecKeys.Variant, whole: false) },
        };
        foreach (var kind in LayerKind.All)
            definitions.Add(kind.Word, Layer(kind));
        return definitions;
    }

    /// <summary>What is repeated has parameters where layers have names and values: only its form is told.</summary>
    private static JsonObject Repeated() => new()
    {
        { "title", Repetition.Word },
        { "description", "Layers that are repeated with parameters, { i: 1..3, width: [64, 128, 256] }: in their names and values {i}, {i-1} and {width} stand for the values of each round." },
        { "type", "object" },
        {
            "properties", new JsonObject
            {
                { Repetition.Word, ByName(new() { { "anyOf", new JsonObject[] { new() { { "type", "string" } }, new() { { "type", "array" } } } } }) },
                { Repetition.LayersWord, List(new() { { "type", "object" } }) },
            }
        },
        { "required", new[] { Repetition.Word, Repetition.LayersWord } },
        { "additionalProperties", false },
    };

    private static JsonObject Layer(LayerKind kind)
    {
        var name = new JsonObject { { "description", $"{kind.Summary} The value is the layer's name." }, { "type", "string" }, { "pattern", NamePatterns.Layer } };
        var properties = new JsonObject { { kind.Word, name } };
        properties.AddRange(Properties(kind.EveryKey));
        return new()
        {
            { "title", kind.Word },
            { "description", kind.Summary },
            { "type", "object" },
            { "properties", properties },
            { "required", new[] { kind.Word }.Concat(Names(Required(kind.EveryKey))) },
            { "additionalProperties", false },
        };
    }

    private static JsonObject Has(Key key) => new() { { "required", Names([key]) } };
}
