using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Language;

/// <summary>One line of text.</summary>
/// <param name="allowed">What it is, in the words of an error message.</param>
/// <param name="pattern">A regular expression that an editor checks it by; its reader has more to say.</param>
internal sealed class TextType(string allowed, string? pattern = null) : ValueType<string>
{
    private const int Longest = 1000;

    // YAML takes a bare 2014 for a number and a bare true for a boolean: a text may look like that.
    private static readonly string[] JsonTypes = ["string", "number", "boolean"];

    public override string Allowed => allowed;

    public override JsonObject Schema => pattern is null
        ? new() { { "type", JsonTypes }, { "maxLength", Longest } }
        : new() { { "type", "string" }, { "pattern", pattern } };

    public override bool TryRead(Node node, out string value)
    {
        var text = node is ScalarNode scalar ? scalar.Text : "";
        value = text.Trim();
        return value.Length > 0 && text.Length <= Longest && IsPrintable(value);
    }

    /// <summary>Whether it may stand in one line of C# and in an XML comment.</summary>
    private static bool IsPrintable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF' || (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i++)))
                return false;
        }
        return true;
    }

    public override string Print(string value) => $"'{value.Replace("'", "''")}'";

    public override string Show(string value) => value;

    public override string Literal(string value) => $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
