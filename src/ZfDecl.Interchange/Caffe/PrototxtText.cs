using System.Text.RegularExpressions;

namespace ZfDecl.Interchange.Caffe;

/// <summary>Reads the text form of protocol buffers: <c>name: value</c>, <c>name { … }</c>, comments from # on.</summary>
internal sealed partial class PrototxtText
{
    private const int Deepest = 32;

    private readonly List<(string Value, int Index)> tokens;
    private int at;

    private PrototxtText(string text) => tokens = [.. Token().Matches(text).Where(match => match.ValueSpan[0] != '#').Select(match => (match.Value, match.Index))];

    /// <summary>The message that a text is.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static PrototxtNode Read(string text)
    {
        var reader = new PrototxtText(text);
        var node = reader.Message(0);
        return reader.at == reader.tokens.Count ? node : throw reader.Wrong("a name of a field");
    }

    private string? Next => at < tokens.Count ? tokens[at].Value : null;

    private PrototxtNode Message(int depth)
    {
        if (depth > Deepest)
            throw new InvalidDataException($"messages lie more than {Deepest} deep in each other");
        var node = new PrototxtNode();
        while (Next is { } name && name is not ("}" or ">"))
        {
            if (name is "," or ";")
            {
                at++;
                continue;
            }
            if (!char.IsAsciiLetter(name[0]))
                throw Wrong("a name of a field");
            at++;
            var hasColon = Skip(":");
            if (Next is "{" or "<")
                node.Add(name, Inner(depth));
            else if (hasColon && Skip("["))
                List(node, name, depth);
            else
                node.Add(name, hasColon ? Value() : throw Wrong("':' or '{'"));
        }
        return node;
    }

    private void List(PrototxtNode node, string name, int depth)
    {
        while (!Skip("]"))
        {
            if (Next is "{" or "<")
                node.Add(name, Inner(depth));
            else
                node.Add(name, Value());
            Skip(",");
        }
    }

    private PrototxtNode Inner(int depth)
    {
        var end = tokens[at++].Value == "{" ? "}" : ">";
        var inner = Message(depth + 1);
        return Skip(end) ? inner : throw Wrong($"'{end}'");
    }

    private string Value()
    {
        var token = Next ?? throw Wrong("a value");
        if (token is "}" or "{" or ":" or "]" or "[" or "<" or ">" or "," or ";")
            throw Wrong("a value");
        at++;
        if (token[0] is not ('"' or '\''))
            return token;
        if (token.Length < 2 || token[^1] != token[0])
            throw new InvalidDataException($"the text {token[..Math.Min(token.Length, 40)]} has no end");
        return token[1..^1] + (Next?[0] is '"' or '\'' ? Value() : "");
    }

    private bool Skip(string token)
    {
        if (Next != token)
            return false;
        at++;
        return true;
    }

    private InvalidDataException Wrong(string wanted) => new(Next is { } found ? $"at character {tokens[at].Index + 1} there is '{found[..Math.Min(found.Length, 40)]}', and {wanted} should be" : $"it ends where {wanted} should be");

    [GeneratedRegex("""#[^\n]*|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|[A-Za-z0-9_.+\-]+|[{}<>\[\]:,;]|[^\s]""", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
