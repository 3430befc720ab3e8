using System.Collections;
using System.Globalization;
using System.Text;

namespace ZfDecl.Generators.Language;

/// <summary>
/// A JSON object whose members keep their order. A member is a string, a number, a boolean, another object, or a sequence of these; one that is
/// null is left out.
/// </summary>
internal sealed class JsonObject : IEnumerable<KeyValuePair<string, object>>
{
    private readonly List<KeyValuePair<string, object>> members = [];

    public void Add(string name, object? value)
    {
        if (value is not null)
            members.Add(new(name, value));
    }

    public void AddRange(IEnumerable<KeyValuePair<string, object>> others) => members.AddRange(others);

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The JSON text: an object on one line where it is short, else a member a line.</summary>
    public override string ToString() => Print(this, "");

    private static string Print(object value, string indent) => value switch
    {
        string text => Quote(text),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(number is double ? "R" : null, CultureInfo.InvariantCulture),
        JsonObject { members: var members } => Join('{', '}', [.. members.Select(member => $"{Quote(member.Key)}: {Print(member.Value, indent + "  ")}")], indent),
        IEnumerable items => Join('[', ']', [.. items.Cast<object>().Select(item => Print(item, indent + "  "))], indent),
        _ => throw new ArgumentException($"{value.GetType()} is no JSON"),
    };

    private static string Join(char open, char close, IReadOnlyList<string> parts, string indent)
    {
        if (parts.Count == 0)
            return $"{open}{close}";
        var line = open == '{' ? $"{{ {string.Join(", ", parts)} }}" : $"[{string.Join(", ", parts)}]";
        return line.Length + indent.Length <= 120 && line.IndexOf('\n') < 0
            ? line
            : $"{open}\n{string.Join(",\n", parts.Select(part => $"{indent}  {part}"))}\n{indent}{close}";
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            _ = c is '"' or '\\' ? quoted.Append('\\').Append(c) : c < ' ' ? quoted.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:x4}", (int)c) : quoted.Append(c);
        return quoted.Append('"').ToString();
    }
}
