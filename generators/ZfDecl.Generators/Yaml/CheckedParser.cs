using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ZfDecl.Generators.Yaml;

/// <summary>A parser whose every failure is a <see cref="YamlException"/> with a position: on some malformed texts the inner one throws something else.</summary>
internal sealed class CheckedParser(IParser parser) : IParser
{
    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (e is not YamlException)
        {
            var at = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(at, at, "what follows cannot be read", e);
        }
    }
}
