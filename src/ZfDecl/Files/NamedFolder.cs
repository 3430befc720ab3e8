using System.Security.Cryptography;
using System.Text;

namespace ZfDecl.Files;

/// <summary>A folder called after what lies in it, whatever that is called.</summary>
internal static class NamedFolder
{
    private const int LettersOfUnusable = 40;       // of a name that is too long, or a device's

    /// <summary>The folder below another one: the name in letters, digits, dots, hyphens and underscores; one that is too long is cut, and told apart by a hash.</summary>
    /// <param name="parent">The folder it lies in, for example the run's <c>occlude</c>.</param>
    /// <param name="name">For example the name of an image.</param>
    public static string Of(string parent, string name)
    {
        var kept = new StringBuilder();
        foreach (var letter in name)
            kept.Append(char.IsLetterOrDigit(letter) || letter is '.' or '_' ? letter : kept.Length > 0 && kept[^1] == '-' ? null : '-');
        var clean = kept.ToString().Trim('-', '.') is { Length: > 0 } some ? some : "image";
        return Path.Combine(parent, PlainName.Is(clean) ? clean : $"{clean[..Math.Min(clean.Length, LettersOfUnusable)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8]}");
    }
}
