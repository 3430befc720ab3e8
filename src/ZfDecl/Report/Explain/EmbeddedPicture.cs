using ZfDecl.Report.Page;

namespace ZfDecl.Report.Explain;

/// <summary>Pictures that the page holds itself, so that it stands alone.</summary>
internal static class EmbeddedPicture
{
    /// <summary>The address of a PNG.</summary>
    public static string Address(byte[] png) => $"data:image/png;base64,{Convert.ToBase64String(png)}";

    /// <summary>A picture with its caption.</summary>
    /// <param name="png">The picture.</param>
    /// <param name="alt">What it shows, for somebody who cannot see it.</param>
    /// <param name="caption">The line below it.</param>
    public static Html Figure(byte[] png, string alt, Html caption) => Html.Of($"<figure><img src=\"{Address(png)}\" alt=\"{alt}\"><figcaption>{caption}</figcaption></figure>\n");

    /// <inheritdoc cref="Figure(byte[], string, Html)"/>
    public static Html Figure(byte[] png, string alt, string caption) => Figure(png, alt, Html.Of($"{caption}"));
}
