using System.Text.Json.Serialization;
using ZfDecl.Files;

namespace ZfDecl.Networks;

/// <summary>What a window takes where it reaches over the border of its input.</summary>
[JsonConverter(typeof(SnakeCaseConverter<WindowBorder>))]
public enum WindowBorder
{
    /// <summary>No value: the border changes the rule itself, as a mean over fewer units does. Units there cannot be computed from their windows alone.</summary>
    OwnRule,

    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>Nothing: what lies outside is never the maximum.</summary>
    Excluded,
}
