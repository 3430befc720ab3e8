using Microsoft.CodeAnalysis.Text;
using YamlDotNet.Core;

namespace ZfDecl.Generators.Reading;

/// <summary>The parser's marks as places of a text. Lines and columns are counted from the offset, as Roslyn does: at the end of a file the parser's own are off.</summary>
internal sealed class Places(string file, string text)
{
    private readonly TextLineCollection lines = SourceText.From(text).Lines;

    public SourceSpan Between(Mark start, Mark end) => Between((int)Math.Min(start.Index, text.Length), (int)Math.Min(end.Index, text.Length));

    public SourceSpan Between(int from, int end)
    {
        var to = Math.Max(from, end);
        var (first, last) = (lines.GetLinePosition(from), lines.GetLinePosition(to));
        return new(file, from, to, first.Line, first.Character, last.Line, last.Character);
    }
}
