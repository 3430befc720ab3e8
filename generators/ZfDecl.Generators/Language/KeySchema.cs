namespace ZfDecl.Generators.Language;

/// <summary>JSON schemas of mappings, made of the keys that may be written in them.</summary>
internal static class KeySchema
{
    /// <summary>A mapping of keys.</summary>
    /// <param name="title">What an editor calls it.</param>
    /// <param name="keys">What may be written in it.</param>
    /// <param name="whole">Whether what is required must stand there: an derived writes a part.</param>
    public static JsonObject Mapping(string? title, IReadOnlyList<Key> keys, bool whole) => new()
    {
        { "title", title },
        { "type", "object" },
        { "properties", Properties(keys) },
        { "required", whole && Required(keys).Any() ? Names(Required(keys)) : null },
        { "additionalProperties", false },
    };

    public static JsonObject Reference(string definition) => new() { { "$ref", $"#/definitions/{definition}" } };

    public static JsonObject Properties(IEnumerable<Key> keys)
    {
        var properties = new JsonObject();
        foreach (var key in keys)
            properties.Add(key.Name, key.Schema);
        return properties;
    }

    public static JsonObject List(JsonObject item, int? least = null) => new() { { "type", "array" }, { "items", item }, { "minItems", least } };

    public static JsonObject ByName(JsonObject value) => new() { { "type", "object" }, { "additionalProperties", value } };

    public static IEnumerable<Key> Required(IEnumerable<Key> keys) => keys.Where(key => key.Required);

    public static IEnumerable<string> Names(IEnumerable<Key> keys) => keys.Select(key => key.Name);
}
