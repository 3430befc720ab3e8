using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace ZfDecl.Report.Page;

/// <summary>An interpolated string whose holes are escaped for HTML, numbers in the invariant culture.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlTemplate(int literalLength, int formattedCount)
{
    private readonly StringBuilder text = new(literalLength + 16 * formattedCount);

    public void AppendLiteral(string markup) => text.Append(markup);

    public void AppendFormatted(Html piece) => text.Append(piece.Markup);

    public void AppendFormatted(IEnumerable<Html> pieces)
    {
        foreach (var piece in pieces)
            text.Append(piece.Markup);
    }

    public void AppendFormatted(string? plain) => text.Append(WebUtility.HtmlEncode(plain));

    public void AppendFormatted<T>(T value, string? format = null) where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

    public override string ToString() => text.ToString();
}
