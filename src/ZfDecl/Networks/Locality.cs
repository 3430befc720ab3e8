using System.Text.Json.Serialization;
using ZfDecl.Files;

namespace ZfDecl.Networks;

/// <summary>Which units of a layer's input one unit of its output depends on.</summary>
[JsonConverter(typeof(SnakeCaseConverter<Locality>))]
public enum Locality
{
    /// <summary>Any.</summary>
    Global,

    /// <summary>Those in a window around it.</summary>
    Windowed,

    /// <summary>Those at its own position, in any map.</summary>
    Pointwise,
}
