using System.Text.Json;
using System.Text.Json.Serialization;

namespace ZfDecl.Files;

/// <summary>A fact of a layer in a record as a word, for example <c>max_pooling</c>.</summary>
internal sealed class SnakeCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
