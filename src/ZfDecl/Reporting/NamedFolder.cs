using System.Text;

namespace ZfDecl.Reporting;

/// <summary>A folder called after what lies in it, whatever that is called.</summary>
public static class NamedFolder
{
    /// <summary>The folder below another one: the name in letters, digits, dots, hyphens and underscores.</summary>
    /// <param name="parent">The folder it lies in, for example the run's <c>occlude</c>.</param>
    /// <param name="name">For example the name of an image.</param>
    public static string Of(string parent, string name)
    {
        var kept = new StringBuilder();
        foreach (var letter in name)
            kept.Append(char.IsLetterOrDigit(letter) || letter is '.' or '_' ? letter : kept.Length > 0 && kept[^1] == '-' ? null : '-');
        return Path.Combine(parent, kept.ToString().Trim('-', '.') is { Length: > 0 } clean ? clean : "image");
    }
}
