using YamlDotNet.Core;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Reading;

/// <summary>The parser's marks as positions of a text. Lines and columns are counted from the offset, as Roslyn does: at the end of a file the parser's own are off.</summary>
internal sealed class SourcePositions
{
    private readonly string file;
    private readonly int length;
    private readonly List<int> starts = [0];        // of each line

    public SourcePositions(string file, string text)
    {
        (this.file, length) = (file, text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\n' or '\u0085' or '\u2028' or '\u2029' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                starts.Add(i + 1);
        }
    }

    public SourceSpan Between(Mark start, Mark end) => Between((int)Math.Min(start.Index, length), (int)Math.Min(end.Index, length));

    public SourceSpan Between(int from, int end)
    {
        var to = Math.Max(from, end);
        var (first, last) = (LineOf(from), LineOf(to));
        return new(file, from, to, first, from - starts[first], last, to - starts[last]);
    }

    private int LineOf(int offset) => starts.BinarySearch(offset) is var found && found >= 0 ? found : ~found - 1;
}
